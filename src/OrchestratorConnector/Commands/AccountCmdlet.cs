using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>What the cmdlets of Run As accounts share.</summary>
public abstract class AccountCmdlet : OrchestratorCmdlet
{
    /// <summary>An account for the pipeline, with the connectors that use it.</summary>
    private protected void WriteAccount(RunAsAccount account)
    {
        string[] users = Store.GetConnectors()
            .Select(c => c.Connector)
            .Where(c => string.Equals(c.RunAsAccount, account.Name, System.StringComparison.OrdinalIgnoreCase))
            .Select(c => c.Name)
            .ToArray();
        WriteObject(new OrchestratorRunAsAccount(account, users, Store.Location));
    }
}
