using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Gets Run As accounts and which connectors use them; never their secrets.</summary>
/// <example>
/// <code>Get-OrchestratorRunAsAccount</code>
/// <para>Lists all accounts, the user name or the secret's name of each, and the connectors that use it.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorRunAsAccount | Where-Object { -not $_.Connectors }</code>
/// <para>Finds the accounts that no connector uses.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Credentials"/>
[Cmdlet(VerbsCommon.Get, "OrchestratorRunAsAccount")]
[OutputType(typeof(OrchestratorRunAsAccount))]
public sealed class GetOrchestratorRunAsAccountCommand : AccountCmdlet
{
    /// <summary>The accounts' names, in any case; wildcards choose several. All without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunAsAccountNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process() => SelectAccounts(Name).ForEach(WriteAccount);
}
