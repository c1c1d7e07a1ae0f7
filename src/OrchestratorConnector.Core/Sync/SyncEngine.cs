using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Sync;

/// <summary>
/// Makes the library equal to the source: reads everything into a stage, and the stage into the library in one transaction at
/// the end. What fails before that leaves the library as it was.
/// </summary>
/// <param name="store">Where the library is.</param>
/// <param name="connect">Opens a client for a connector.</param>
/// <param name="reporter">Hears how it goes.</param>
public sealed class SyncEngine(IStateStore store, Func<Connector, CancellationToken, Task<IOrchestratorClient>> connect, IReporter reporter)
{
    private const string MissingReason = "The server no longer returns it: deleted, moved out of the folder, or no longer readable by the account.";

    /// <summary>Synchronizes one connector.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="force">Also a disabled one, and also when an empty answer would mark everything missing.</param>
    /// <param name="cancellationToken">Ends it; the library is then as it was.</param>
    /// <returns>How it ended, once it had begun.</returns>
    /// <exception cref="OrchestratorException">It could not begin: ResourceBusy, ConnectorDisabled, ConnectorRemoved.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, which the history says.</exception>
    public async Task<SyncOutcome> SynchronizeAsync(Connector connector, bool force, CancellationToken cancellationToken)
    {
        SyncLease lease = store.BeginSync(connector, force);
        IOrchestratorClient? client = null;
        SyncProgress progress = new(connector, reporter);
        try
        {
            // A lease that was lost ends the work like a Ctrl+C, and then says why.
            using LeaseKeeper keeper = new(store, lease, () => progress.Percent, cancellationToken);
            try
            {
                client = await OpenAsync(connector, progress, keeper.Token).ConfigureAwait(false);
                using ISyncStage stage = store.OpenStage(connector);
                long count = await FillAsync(stage, client, connector, progress, keeper.Token).ConfigureAwait(false);
                EnsurePlausible(stage, connector, count, force);
                progress.Say("writing the library", 95);
                SyncCommit commit = new()
                {
                    Compare = RunbookDifference.Compare,
                    Invalidates = Invalidation(),
                    MarkMissing = true,
                    MissingReason = MissingReason,
                    Totals = new SyncTotals(client.Requests, client.Bytes),
                };
                keeper.Stop();
                SyncRecord record = store.CommitSync(lease, stage, commit, keeper.Token);
                Tell(record);
                if (record.Counts.Invalid > 0)
                {
                    reporter.Warning(FormattableString.Invariant($"Runbooks of '{connector.Name}' that became invalid, because their contracts changed under runbook activities: {record.Counts.Invalid:N0}. They are not started until the difference, which Compare-SMRunbook shows, is accepted with Approve-SMRunbook."));
                }

                return new SyncOutcome(record, null);
            }
            catch (OperationCanceledException) when (keeper.Failure is not null)
            {
                throw keeper.Failure;
            }
        }
        catch (OrchestratorException e)
        {
            return new SyncOutcome(store.FailSync(lease, e.Message, Totals(client), e.Id), e);
        }
        catch (Exception e)
        {
            string reason = e is OperationCanceledException ? "The synchronization was cancelled; the library was not changed." : e.Message;
            store.FailSync(lease, reason, Totals(client));
            throw;
        }
        finally
        {
            client?.Dispose();
        }
    }

    /// <summary>Says what <see cref="SynchronizeAsync"/> would do now. Nothing is written, no lease is taken.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="force">As it would be forced.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OrchestratorException">The source cannot be read, or its answer would not be believed.</exception>
    public async Task<SyncPreview> PreviewAsync(Connector connector, bool force, CancellationToken cancellationToken)
    {
        SyncProgress progress = new(connector, reporter);
        using IOrchestratorClient client = await OpenAsync(connector, progress, cancellationToken).ConfigureAwait(false);
        using ISyncStage stage = store.OpenStage(connector);
        long total = await FillAsync(stage, client, connector, progress, cancellationToken).ConfigureAwait(false);
        EnsurePlausible(stage, connector, total, force);
        List<RunbookChange> changes = [];
        Dictionary<RunbookChangeKind, long> kinds = [];
        Func<RunbookPair, string?> invalidates = Invalidation();
        long invalid = 0;
        foreach (RunbookPair pair in stage.ReadDifferences())
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunbookChange change = RunbookDifference.Compare(pair);
            if (pair.Before is { Status: not RunbookStatus.Invalid } && invalidates(pair) is { } reason)
            {
                change = change.ThatInvalidates(reason);
                invalid++;
            }

            changes.Add(change);
            kinds[change.Kind] = Of(change.Kind) + 1;
        }

        SyncCounts counts = new()
        {
            Total = total,
            Added = Of(RunbookChangeKind.Added),
            Changed = Of(RunbookChangeKind.Changed),
            Missing = Of(RunbookChangeKind.Missing),
            Returned = Of(RunbookChangeKind.Returned),
            Invalid = invalid,
            Unchanged = total - Of(RunbookChangeKind.Added) - Of(RunbookChangeKind.Changed) - Of(RunbookChangeKind.Returned),
        };
        return new SyncPreview(counts, changes, client.Requests, client.Bytes);

        long Of(RunbookChangeKind kind) => kinds.TryGetValue(kind, out long n) ? n : 0;
    }

    private async Task<IOrchestratorClient> OpenAsync(Connector connector, SyncProgress progress, CancellationToken cancellationToken)
    {
        progress.Say("asking the server", 0);
        reporter.Verbose($"Synchronizing '{connector.Name}', the folder '{connector.Folder}' of {connector.ServiceUrl}, as {(connector.RunAsAccount is { } account ? $"the Run As account '{account}'" : "the current user")}.");
        IOrchestratorClient client = await connect(connector, cancellationToken).ConfigureAwait(false);
        reporter.Verbose($"The server is taken to speak {(client.Protocol == ConnectorProtocol.Atom ? "Atom, as 2012 to 2019 do" : "Web API, as the 2019 add-on, 2022 and 2025 do")}.");
        return client;
    }

    /// <summary>Whether a contract that changed breaks what depends on it.</summary>
    private Func<RunbookPair, string?> Invalidation()
    {
        IReadOnlyList<RunbookActivity> activities = store.GetActivities();
        return activities.Count == 0 ? static _ => null : pair => ActivityCheck.Invalidates(pair, activities);
    }

    private static SyncTotals Totals(IOrchestratorClient? client) => new(client?.Requests ?? 0, client?.Bytes ?? 0);

    private static void EnsurePlausible(ISyncStage stage, Connector connector, long count, bool force)
    {
        if (count == 0 && !force && stage.CountPresent() is > 0 and long present)
        {
            throw Error.EmptyAnswerSuspicious(connector.Name, present);
        }
    }

    private async Task<long> FillAsync(ISyncStage stage, IOrchestratorClient client, Connector connector, SyncProgress progress, CancellationToken cancellationToken)
    {
        if (connector.Folder != FolderPath.Root)
        {
            ListSink<Folder> folders = new();
            await client.ReadFoldersAsync(folders, cancellationToken).ConfigureAwait(false);
            new FolderTree(folders.Items).Require(connector.Folder, client.ServiceUrl);
            reporter.Verbose(FormattableString.Invariant($"The folder '{connector.Folder}' is one of the {folders.Items.Count:N0} that the account sees."));
        }

        await client.ReadRunbooksAsync(connector.Folder, new StageSink(stage, connector.Folder, progress), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        progress.Say("comparing with the library", 90);
        long count = stage.Complete();
        reporter.Verbose(FormattableString.Invariant($"{count:N0} runbooks were read with {client.Requests:N0} requests, {client.Bytes:N0} bytes; they are compared with the library."));
        return count;
    }

    private void Tell(SyncRecord record)
    {
        reporter.Verbose(string.Format(
            CultureInfo.InvariantCulture,
            "Compared: {0:N0} added, {1:N0} changed, {2:N0} missing, {3:N0} returned, {4:N0} as they were.",
            record.Counts.Added,
            record.Counts.Changed,
            record.Counts.Missing,
            record.Counts.Returned,
            record.Counts.Unchanged));
        reporter.Verbose(string.Format(
            CultureInfo.InvariantCulture,
            "'{0}' is synchronized: {1:N0} runbooks, written in one transaction, {2:0.0} s in all.",
            record.Connector,
            record.Counts.Total,
            (record.FinishTime - record.StartTime)?.TotalSeconds));
    }

    /// <summary>Puts what the client reads into the stage, without what lies outside the folder.</summary>
    private sealed class StageSink(ISyncStage stage, string folder, SyncProgress progress) : IRunbookSink
    {
        public void Expect(long total) => progress.Expect(total);

        public void Reset()
        {
            stage.Clear();
            progress.Reset();
        }

        public void Add(IReadOnlyList<Runbook> batch)
        {
            progress.Count(batch.Count);
            if (folder == FolderPath.Root)
            {
                stage.Add(batch);
                return;
            }

            List<Runbook> inside = [];
            foreach (Runbook runbook in batch)
            {
                if (FolderPath.Contains(folder, runbook.Path))
                {
                    inside.Add(runbook);
                }
            }

            stage.Add(inside);
        }

        public void AddParameters(IReadOnlyList<OwnedParameter> batch) => stage.AddParameters(batch);
    }
}
