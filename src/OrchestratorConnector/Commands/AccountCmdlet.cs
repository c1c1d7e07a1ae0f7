using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>What the cmdlets of Run As accounts share.</summary>
public abstract class AccountCmdlet : OrchestratorCmdlet
{
    /// <summary>The accounts that names choose. A literal name that does not exist is an error, a wildcard that fits nothing is not.</summary>
    private protected List<RunAsAccount> Select(IEnumerable<string> names)
    {
        IReadOnlyList<RunAsAccount> all = Store.GetAccounts();
        List<RunAsAccount> selected = [];
        foreach (string name in names)
        {
            NamePattern pattern = NamePattern.Parse(name);
            List<RunAsAccount> fitting = all.Where(a => pattern.IsMatch(a.Name)).ToList();
            if (fitting.Count == 0 && pattern.Literal is { } literal)
            {
                WriteError(Error.AccountNotFound(literal, all.Select(a => a.Name)).ToErrorRecord());
            }

            selected.AddRange(fitting.Where(a => !selected.Contains(a)));
        }

        return selected;
    }

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
