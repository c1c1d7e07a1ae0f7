using System.Management.Automation;
using OrchestratorConnector.Library;

namespace OrchestratorConnector.Completion;

/// <summary>Completes folders for a parameter that takes wildcards.</summary>
public sealed class FolderPatternCompleter : FolderCompleter
{
    /// <inheritdoc/>
    private protected override string ToArgument(string name) => WildcardPattern.Escape(name);

    /// <inheritdoc/>
    private protected override string Unescape(string typed) => NamePattern.Parse(typed).Literal ?? typed;
}
