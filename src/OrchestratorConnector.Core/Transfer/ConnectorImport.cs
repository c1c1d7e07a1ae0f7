using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Transfer;

/// <summary>
/// Brings a document into a store, item by item: accounts, the connectors that use them, the runbook activities over those. What
/// the document does not name stays as it is.
/// </summary>
internal sealed class ConnectorImport
{
    private readonly IStateStore _store;
    private readonly ConnectorDocument _document;
    private readonly ImportOptions _options;
    private readonly CancellationToken _cancellationToken;

    // What the store holds by now or, in a preview, would hold.
    private readonly Dictionary<string, RunAsAccount> _accounts;
    private readonly Dictionary<string, Known> _connectors;
    private readonly Dictionary<string, RunbookActivity> _activities;

    public ConnectorImport(IStateStore store, ConnectorDocument document, ImportOptions options, CancellationToken cancellationToken)
    {
        _store = store;
        _document = document;
        _options = options;
        _cancellationToken = cancellationToken;
        _accounts = store.GetAccounts().ToDictionary(a => NamePattern.Key(a.Name));
        _connectors = store.GetConnectors().ToDictionary(c => NamePattern.Key(c.Connector.Name), c => new Known(c.Connector, c.LastSuccessTime is not null, c.RunbookCount > 0));
        _activities = store.GetActivities().ToDictionary(a => NamePattern.Key(a.Name));
    }

    /// <summary>
    /// The items in the order in which they can be written. Each is held against what the ones before left, so it is made when it
    /// is asked for.
    /// </summary>
    public IEnumerable<ImportStep> Steps() =>
        _document.Accounts.Select(Step)
            .Concat(_document.Connectors.Select(Step))
            .Concat(_document.Activities.Select(Step));

    private ImportStep Step(RunAsAccount wanted)
    {
        bool isGiven = _options.Credentials.TryGetValue(wanted.Name, out ImportCredential? credential);
        if (!_accounts.TryGetValue(NamePattern.Key(wanted.Name), out RunAsAccount? present))
        {
            if (wanted.SecretName is null && !isGiven)
            {
                return Failed(ImportItemKind.Account, wanted.Name, Error.ImportCredentialMissing(wanted.Name, wanted.UserName!));
            }

            RunAsAccount added = wanted.SecretName is null ? wanted with { UserName = credential!.UserName } : wanted;
            return Step(
                new ImportItem(ImportItemKind.Account, wanted.Name, ImportAction.Created) { Changes = ImportDifference.Between(null, added) },
                () => Keep(_store.AddAccount(added with { ProtectedPassword = added.SecretName is null ? credential!.Protect() : null })),
                () => Keep(added));
        }

        RunAsAccount changed = Over(present);
        return Step(
            Compared(ImportItemKind.Account, wanted.Name, ImportDifference.Between(present, changed)) with { Reason = KeptCredential(present, wanted, isGiven) },
            () => Keep(_store.UpdateAccount(present, Over)),
            () => Keep(changed));

        // How an account that is here comes to its credential is the environment's own: a user name and a password belong together.
        RunAsAccount Over(RunAsAccount account)
        {
            bool isSecret = account.SecretName is not null && wanted.SecretName is not null;
            return account with
            {
                Name = wanted.Name,
                Description = wanted.Description,
                SecretName = isSecret ? wanted.SecretName : account.SecretName,
                Vault = isSecret ? wanted.Vault : account.Vault,
            };
        }
    }

    private static string? KeptCredential(RunAsAccount present, RunAsAccount wanted, bool isGiven) =>
        (present.SecretName is null) != (wanted.SecretName is null)
            ? $"It takes its credential from {Source(present)} here and from {Source(wanted)} in the file; that was left as it is here."
            : isGiven && present.SecretName is null ? "It exists here and keeps its user name and password; Set-OrchestratorRunAsAccount changes them."
            : !string.Equals(present.UserName, wanted.UserName, StringComparison.OrdinalIgnoreCase) ? $"Its user name is '{present.UserName}' here and '{wanted.UserName}' in the file; that was left as it is here."
            : null;

    private static string Source(RunAsAccount account) => account.SecretName is null ? $"the stored credential of '{account.UserName}'" : $"the secret '{account.SecretName}'";

    private ImportStep Step(Connector wanted)
    {
        RunAsAccount? account = null;
        if (wanted.RunAsAccount is not null && !_accounts.TryGetValue(NamePattern.Key(wanted.RunAsAccount), out account))
        {
            return Failed(ImportItemKind.Connector, wanted.Name, Error.ImportAccountMissing(wanted.Name, wanted.RunAsAccount));
        }

        Uri url = _options.ServiceUrls.TryGetValue(wanted.Name, out Uri? other) ? other : wanted.ServiceUrl;
        bool isElsewhere = url != wanted.ServiceUrl;
        bool hasConsole = _options.WebConsoleUrls.TryGetValue(wanted.Name, out Uri? console);
        _connectors.TryGetValue(NamePattern.Key(wanted.Name), out Known? present);
        Connector after = Over(present?.Connector);
        if (present is null)
        {
            return Step(
                new ImportItem(ImportItemKind.Connector, wanted.Name, ImportAction.Created)
                {
                    Changes = ImportDifference.Between(null, after),
                    Reason = isElsewhere && !hasConsole && wanted.WebConsoleUrl is not null ? "The web console in the file belongs to the other server and was left out; -WebConsoleUrl names one." : null,
                },
                () => Keep(_store.AddConnector(after), null),
                () => Keep(after, null));
        }

        bool leavesScope = present.HasRunbooks && !after.Covers(present.Connector);
        return Step(
            Compared(ImportItemKind.Connector, wanted.Name, ImportDifference.Between(present.Connector, after)) with
            {
                Reason = leavesScope ? $"At its next synchronization it marks runbooks as missing that are not in '{after.Folder}' of {after.ServiceUrl}." : null,
            },
            () => Keep(_store.UpdateConnector(present.Connector, Over), present),
            () => Keep(after, present));

        Connector Over(Connector? connector)
        {
            // Which generation answers at another address is found out there; what was found out already stays.
            ConnectorProtocol protocol = isElsewhere ? ConnectorProtocol.Auto : wanted.Protocol;
            bool isSameServer = connector?.ServiceUrl == url;
            return (connector ?? new Connector { Name = wanted.Name, ServiceUrl = url }) with
            {
                Name = wanted.Name,
                Description = wanted.Description,
                ServiceUrl = url,
                Protocol = protocol == ConnectorProtocol.Auto && isSameServer ? connector!.Protocol : protocol,
                Folder = wanted.Folder,
                WebConsoleUrl = hasConsole ? console : isElsewhere ? connector?.WebConsoleUrl : wanted.WebConsoleUrl,
                RunAsAccount = account?.Name,
                Schedule = wanted.Schedule,
                Enabled = wanted.Enabled && !_options.Disabled,
                AllowUnencryptedAuthentication = wanted.AllowUnencryptedAuthentication,
                Timeout = wanted.Timeout,
                ParameterEncoding = wanted.ParameterEncoding,
                KnownEncoding = isSameServer && connector!.ParameterEncoding == wanted.ParameterEncoding ? connector.KnownEncoding : ParameterEncoding.Auto,
            };
        }
    }

    private ImportStep Step(DocumentActivity document)
    {
        RunbookActivity wanted = document.Activity;
        if (!_connectors.TryGetValue(NamePattern.Key(document.Connector), out Known? connector))
        {
            return Failed(ImportItemKind.Activity, wanted.Name, Error.ImportConnectorMissing(wanted.Name, document.Connector));
        }

        LibraryRunbook? runbook;
        try
        {
            runbook = FindRunbook(wanted, connector);
        }
        catch (OrchestratorException e)
        {
            return Failed(ImportItemKind.Activity, wanted.Name, e);
        }

        _activities.TryGetValue(NamePattern.Key(wanted.Name), out RunbookActivity? present);
        RunbookActivity after = Over(present);
        string[] lacking = Lacking(after, document);
        IReadOnlyList<PropertyChange> changes = ImportDifference.Between(present, ConnectorOf(present), after, connector.Connector.Name);
        // What stays as it is may be broken by now; that is the runbook's story, which its status tells.
        if (runbook is not null && (present is null || changes.Count > 0))
        {
            // What is lacking will be given here; that it is there is all that a check can know of it.
            RunbookActivity whole = after with { Defaults = [.. after.Defaults, .. lacking.Select(n => new KeyValuePair<string, string>(n, string.Empty))] };
            IReadOnlyList<string> mistakes = ActivityCheck.FindMistakes(whole, runbook.Runbook.Parameters ?? [], JobInputs.DemandsAll(runbook));
            if (mistakes.Count > 0)
            {
                return Failed(ImportItemKind.Activity, wanted.Name, Error.ActivityBroken(wanted.Name, mistakes));
            }
        }

        string[] notes =
        [
            .. runbook is null ? [$"Its runbook is not checked: the connector '{connector.Connector.Name}' was never synchronized here. Synchronize it, and import again."] : Array.Empty<string>(),
            .. lacking.Length == 0 ? Array.Empty<string>() : [$"It is not ready for automation: the default of {string.Join(", ", lacking.Select(n => $"'{n}'"))} was not exported. Give it with Set-SMRunbookActivity -Default, and -ReadyForAutomation."],
        ];
        ImportItem item = present is null
            ? new ImportItem(ImportItemKind.Activity, wanted.Name, ImportAction.Created) { Changes = changes }
            : Compared(ImportItemKind.Activity, wanted.Name, changes);
        return Step(
            item with { Reason = notes.Length == 0 ? null : string.Join(" ", notes) },
            () => Keep(present is null ? _store.AddActivity(after) : _store.UpdateActivity(present, Over)),
            () => Keep(after));

        RunbookActivity Over(RunbookActivity? activity)
        {
            RunbookActivity over = (activity ?? wanted) with
            {
                Name = wanted.Name,
                Description = wanted.Description,
                ConnectorId = connector.Connector.Id,
                RunbookId = runbook?.Runbook.Id ?? wanted.RunbookId,
                RunbookPath = runbook?.Runbook.Path ?? wanted.RunbookPath,
                Map = wanted.Map,
                OutputMap = wanted.OutputMap,
                // What was withheld is the environment's own.
                Defaults = [.. wanted.Defaults, .. (activity?.Defaults ?? []).Where(d => document.WithheldDefaults.Contains(d.Key, StringComparer.OrdinalIgnoreCase))],
            };
            return over with { ReadyForAutomation = wanted.ReadyForAutomation && !_options.Disabled && Lacking(over, document).Length == 0 };
        }
    }

    private static string[] Lacking(RunbookActivity activity, DocumentActivity document) =>
    [
        .. document.WithheldDefaults.Where(n => !activity.Defaults.Any(d => string.Equals(d.Key, n, StringComparison.OrdinalIgnoreCase))),
    ];

    private string? ConnectorOf(RunbookActivity? activity) =>
        activity is null ? null : _connectors.Values.FirstOrDefault(c => c.Connector.Id == activity.ConnectorId)?.Connector.Name;

    /// <summary>
    /// The runbook that an activity means here: the one of its id, else the one at its path. A library that was never filled
    /// knows none, and that is no error.
    /// </summary>
    private LibraryRunbook? FindRunbook(RunbookActivity activity, Known connector)
    {
        string name = connector.Connector.Name;
        NamePattern[] connectors = [NamePattern.Exactly(name)];
        if (_store.FindRunbooks(new RunbookQuery { Ids = [activity.RunbookId], Connectors = connectors }, _cancellationToken).FirstOrDefault() is { } same)
        {
            return same;
        }

        LibraryRunbook[] found = [.. _store.FindRunbooks(new RunbookQuery { Paths = [NamePattern.Exactly(activity.RunbookPath)], Connectors = connectors }, _cancellationToken)];
        LibraryRunbook[] present = [.. found.Where(r => r.Status is RunbookStatus.Active or RunbookStatus.Invalid)];
        LibraryRunbook[] candidates = present.Length > 0 ? present : found;
        return candidates.Length switch
        {
            1 => candidates[0],
            0 when !connector.IsSynchronized => null,
            0 => throw Error.ImportRunbookMissing(activity.Name, activity.RunbookPath, name),
            _ => throw Error.ImportRunbookAmbiguous(activity.Name, activity.RunbookPath, name),
        };
    }

    private static ImportItem Compared(ImportItemKind kind, string name, IReadOnlyList<PropertyChange> changes) =>
        new(kind, name, changes.Count == 0 ? ImportAction.Unchanged : ImportAction.Changed) { Changes = changes };

    private static ImportStep Failed(ImportItemKind kind, string name, OrchestratorException failure) =>
        Step(new ImportItem(kind, name, ImportAction.Failed).Fail(failure), () => { }, () => { });

    private static ImportStep Step(ImportItem item, Action write, Action assume) => new(item, write, assume);

    private void Keep(RunAsAccount account) => _accounts[NamePattern.Key(account.Name)] = account;

    private void Keep(Connector connector, Known? before) => _connectors[NamePattern.Key(connector.Name)] =
        before is null ? new Known(connector, IsSynchronized: false, HasRunbooks: false) : before with { Connector = connector };

    private void Keep(RunbookActivity activity) => _activities[NamePattern.Key(activity.Name)] = activity;

    /// <summary>A connector, and what its library is worth.</summary>
    private sealed record Known(Connector Connector, bool IsSynchronized, bool HasRunbooks);
}
