using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Gets Run As accounts and which connectors use them; never their secrets.</summary>
[Cmdlet(VerbsCommon.Get, "OrchestratorRunAsAccount")]
[OutputType(typeof(OrchestratorRunAsAccount))]
public sealed class GetOrchestratorRunAsAccountCommand : AccountCmdlet
{
    /// <summary>The accounts' names; wildcards choose several. All without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunAsAccountNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process() => SelectAccounts(Name).ForEach(WriteAccount);
}
