using System.Collections.Generic;

namespace OrchestratorConnector.Help;

/// <summary>What the doc comments lack, in the form in which MSBuild takes errors of a tool.</summary>
internal sealed class Gaps
{
    private readonly SortedSet<string> _lines = new(System.StringComparer.Ordinal);

    /// <summary>One line each.</summary>
    internal IEnumerable<string> Lines => _lines;

    /// <summary>A cmdlet or a member without a summary.</summary>
    internal void NoSynopsis(string cmdlet, string member) => Add(cmdlet, "HELP001", $"The cmdlet has no summary: the class {member} needs one.");

    /// <summary>A parameter without a text.</summary>
    internal void NoText(string cmdlet, string parameter, string member) => Add($"{cmdlet} -{parameter}", "HELP002", $"The parameter has no text: the property {member} needs a summary.");

    /// <summary>A cmdlet with too few examples.</summary>
    internal void FewExamples(string cmdlet, string member, int count) => Add(cmdlet, "HELP003", $"The cmdlet has {count} of at least 2 examples: the class {member} needs more, each an <example> of <code> and <para>.");

    /// <summary>A comment that cannot become help.</summary>
    internal void Unknown(string member, string what) => Add(member, "HELP004", $"The comment has {what}, which cannot become help.");

    private void Add(string origin, string code, string text) => _lines.Add($"{origin} : error {code}: {text}");
}
