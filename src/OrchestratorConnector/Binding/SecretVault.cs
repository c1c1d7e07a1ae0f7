using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Threading;
using OrchestratorConnector.Commands;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Secrets;

namespace OrchestratorConnector.Binding;

/// <summary>
/// Asks the shell's own SecretManagement cmdlets, if they are there, on the pipeline thread. Not a dependency: the module
/// works without, and whoever keeps secrets there has it.
/// </summary>
internal sealed class SecretVault(PSCmdlet cmdlet, PipelinePump pump, CancellationToken cancellationToken) : ISecretVault
{
    private const string Script = """
        param($Name, $Vault)
        if ($Vault) { Get-Secret -Name $Name -Vault $Vault -ErrorAction Stop } else { Get-Secret -Name $Name -ErrorAction Stop }
        """;

    public NetworkCredential Get(RunAsAccount account) => pump.Invoke(() => Ask(account), cancellationToken);

    private NetworkCredential Ask(RunAsAccount account)
    {
        string secretName = account.SecretName!;
        Collection<PSObject> answers;
        try
        {
            answers = cmdlet.InvokeCommand.InvokeScript(Script, true, PipelineResultTypes.None, null, secretName, account.Vault);
        }
        catch (CommandNotFoundException e)
        {
            throw Error.SecretVaultUnavailable(account.Name, secretName, e);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            // The vault's own words, without the shell's about the preference that made them stop.
            throw Error.SecretNotFound(account.Name, secretName, account.Vault, e.ErrorRecord?.Exception ?? e);
        }

        object? secret = answers.Count == 0 ? null : answers[0]?.BaseObject;
        return secret switch
        {
            PSCredential credential => Identity.ToCredential(credential.UserName, credential.GetNetworkCredential().Password),
            null => throw Error.SecretNotFound(account.Name, secretName, account.Vault, null),
            _ => throw Error.SecretNotCredential(account.Name, secretName, secret.GetType().Name),
        };
    }
}
