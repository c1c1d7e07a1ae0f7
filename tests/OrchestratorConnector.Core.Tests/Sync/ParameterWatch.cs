using System;
using System.Collections.Generic;
using System.Threading;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Core.Tests.Sync;

/// <summary>A store that tells when so many parameters have come to its stage; all else is the store's that it stands before.</summary>
internal sealed class ParameterWatch(IStateStore store, int wanted) : IStateStore
{
    private int _seen;

    public ManualResetEventSlim Whole { get; } = new();

    public string Location => store.Location;

    public IReadOnlyList<ConnectorState> GetConnectors() => store.GetConnectors();

    public ConnectorState? FindConnector(string name) => store.FindConnector(name);

    public Connector AddConnector(Connector connector, RunAsAccount? account = null) => store.AddConnector(connector, account);

    public Connector UpdateConnector(Connector connector, Func<Connector, Connector> change, RunAsAccount? account = null) => store.UpdateConnector(connector, change, account);

    public long RemoveConnector(Connector connector, bool keepRunbooks) => store.RemoveConnector(connector, keepRunbooks);

    public long? CountKeptRunbooks(string name) => store.CountKeptRunbooks(name);

    public long? PurgeRemovedConnector(string name) => store.PurgeRemovedConnector(name);

    public IReadOnlyList<RunAsAccount> GetAccounts() => store.GetAccounts();

    public RunAsAccount? FindAccount(string name) => store.FindAccount(name);

    public RunAsAccount AddAccount(RunAsAccount account) => store.AddAccount(account);

    public RunAsAccount UpdateAccount(RunAsAccount account, Func<RunAsAccount, RunAsAccount> change) => store.UpdateAccount(account, change);

    public void RemoveAccount(RunAsAccount account) => store.RemoveAccount(account);

    public IEnumerable<LibraryRunbook> FindRunbooks(RunbookQuery query, CancellationToken cancellationToken) => store.FindRunbooks(query, cancellationToken);

    public IReadOnlyList<string> CompleteRunbookNames(string start, int most) => store.CompleteRunbookNames(start, most);

    public IReadOnlyList<string> CompleteFolders(string start, int most) => store.CompleteFolders(start, most);

    public IReadOnlyList<SyncRecord> GetHistory(Func<string, bool> connector, int? most) => store.GetHistory(connector, most);

    public IEnumerable<RunbookChange> GetChanges(long syncId) => store.GetChanges(syncId);

    public SyncLease BeginSync(Connector connector, bool force) => store.BeginSync(connector, force);

    public void RenewSync(SyncLease lease, int? percent) => store.RenewSync(lease, percent);

    public ISyncStage OpenStage(Connector connector) => new Stage(this, store.OpenStage(connector));

    public SyncRecord CommitSync(SyncLease lease, ISyncStage stage, SyncCommit commit, CancellationToken cancellationToken) =>
        store.CommitSync(lease, ((Stage)stage).Inner, commit, cancellationToken);

    public SyncRecord FailSync(SyncLease lease, string error, SyncTotals totals, string? errorId = null) => store.FailSync(lease, error, totals, errorId);

    public LibraryRunbook ApproveRunbook(LibraryRunbook runbook) => store.ApproveRunbook(runbook);

    public JobRecord AddJob(JobRecord job) => store.AddJob(job);

    public JobRecord? UpdateJob(JobRecord job, Func<JobRecord, JobRecord> change) => store.UpdateJob(job, change);

    public IReadOnlyList<JobRecord> FindJobs(JobQuery query) => store.FindJobs(query);

    public IReadOnlyList<string> GetJobCreators(long connectorId, string? runAsAccount) => store.GetJobCreators(connectorId, runAsAccount);

    public void SetRunbookServers(long connectorId, IReadOnlyList<RunbookServer> servers) => store.SetRunbookServers(connectorId, servers);

    public IReadOnlyList<RunbookServer> GetRunbookServers(long? connectorId) => store.GetRunbookServers(connectorId);

    public IReadOnlyList<RunbookActivity> GetActivities() => store.GetActivities();

    public RunbookActivity? FindActivity(string name) => store.FindActivity(name);

    public RunbookActivity AddActivity(RunbookActivity activity) => store.AddActivity(activity);

    public RunbookActivity UpdateActivity(RunbookActivity activity, Func<RunbookActivity, RunbookActivity> change) => store.UpdateActivity(activity, change);

    public void RemoveActivity(RunbookActivity activity) => store.RemoveActivity(activity);

    public ConnectorEvent AddEvent(ConnectorEvent entry) => store.AddEvent(entry);

    public IReadOnlyList<ConnectorEvent> FindEvents(EventQuery query) => store.FindEvents(query);

    public void Dispose() => Whole.Dispose();

    private void Count(int parameters)
    {
        _seen += parameters;
        if (_seen >= wanted)
        {
            Whole.Set();
        }
    }

    private sealed class Stage(ParameterWatch watch, ISyncStage inner) : ISyncStage
    {
        public ISyncStage Inner => inner;

        public void Clear() => inner.Clear();

        public void Add(IReadOnlyList<Runbook> runbooks) => inner.Add(runbooks);

        public void AddParameters(IReadOnlyList<OwnedParameter> parameters)
        {
            inner.AddParameters(parameters);
            watch.Count(parameters.Count);
        }

        public long Complete() => inner.Complete();

        public IEnumerable<RunbookPair> ReadDifferences() => inner.ReadDifferences();

        public long CountPresent() => inner.CountPresent();

        public void Dispose() => inner.Dispose();
    }
}
