using System;
using System.Collections.Generic;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State;

/// <summary>
/// Where connectors, accounts, the library and the history are kept. Safe under many processes and threads at once; every
/// change is one transaction that is there or not, whatever happens to the process. Names are compared in any case. Errors are
/// <see cref="OrchestratorException"/>s.
/// </summary>
public interface IStateStore : IDisposable
{
    /// <summary>Where the store is: a file's path, a server's name.</summary>
    string Location { get; }

    /// <summary>All connectors, by name.</summary>
    IReadOnlyList<ConnectorState> GetConnectors();

    /// <summary>The connector of exactly this name, or <see langword="null"/>.</summary>
    ConnectorState? FindConnector(string name);

    /// <summary>Stores a new connector, whose schedule belongs to this machine from then on. A removed one of the same name whose runbooks were kept is taken up again with them.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="account">A new account that the connector uses, made in the same step; <see langword="null"/> for none.</param>
    /// <returns>The connector with its key.</returns>
    /// <exception cref="OrchestratorException">ConnectorExists, AccountExists, AccountNotFound.</exception>
    Connector AddConnector(Connector connector, RunAsAccount? account = null);

    /// <summary>Changes a connector: reads it, changes it and writes it as one step.</summary>
    /// <param name="connector">The connector, found by its key.</param>
    /// <param name="change">Gives the connector as it is to be from what it is.</param>
    /// <param name="account">
    /// An account that the connector uses from now on, made or, where one of its name exists, given this credential in the same
    /// step; <see langword="null"/> for none.
    /// </param>
    /// <exception cref="OrchestratorException">ConnectorRemoved, ConnectorExists, AccountNotFound.</exception>
    Connector UpdateConnector(Connector connector, Func<Connector, Connector> change, RunAsAccount? account = null);

    /// <summary>
    /// Removes a connector. Its runbooks go with it, or stay as <see cref="RunbookStatus.PendingDelete"/> when they are to be
    /// kept; the history stays.
    /// </summary>
    /// <returns>How many runbooks went or were marked.</returns>
    /// <exception cref="OrchestratorException">ConnectorRemoved.</exception>
    long RemoveConnector(Connector connector, bool keepRunbooks);

    /// <summary>How many runbooks of a removed connector were kept; <see langword="null"/> when no removed connector bears the name.</summary>
    long? CountKeptRunbooks(string name);

    /// <summary>Deletes the kept runbooks of a removed connector.</summary>
    /// <returns>How many; <see langword="null"/> when no removed connector bears the name.</returns>
    long? PurgeRemovedConnector(string name);

    /// <summary>All accounts, by name.</summary>
    IReadOnlyList<RunAsAccount> GetAccounts();

    /// <summary>The account of exactly this name, or <see langword="null"/>.</summary>
    RunAsAccount? FindAccount(string name);

    /// <summary>Stores a new account.</summary>
    /// <exception cref="OrchestratorException">AccountExists.</exception>
    RunAsAccount AddAccount(RunAsAccount account);

    /// <summary>Changes an account as one step and raises its version.</summary>
    /// <exception cref="OrchestratorException">AccountNotFound, AccountExists.</exception>
    RunAsAccount UpdateAccount(RunAsAccount account, Func<RunAsAccount, RunAsAccount> change);

    /// <summary>Removes an account that no connector uses.</summary>
    /// <exception cref="OrchestratorException">AccountNotFound, AccountInUse.</exception>
    void RemoveAccount(RunAsAccount account);

    /// <summary>The runbooks that fit, one by one as they are found, by path where the query does not say otherwise.</summary>
    IEnumerable<LibraryRunbook> FindRunbooks(RunbookQuery query, CancellationToken cancellationToken);

    /// <summary>Different names of runbooks that start with a text, in any case, by name.</summary>
    IReadOnlyList<string> CompleteRunbookNames(string start, int most);

    /// <summary>Different folders of runbooks that start with a text, in any case, by name.</summary>
    IReadOnlyList<string> CompleteFolders(string start, int most);

    /// <summary>Past and running synchronizations, newest first.</summary>
    /// <param name="connector">Only of connectors whose name fits, removed ones included.</param>
    /// <param name="most">At most so many for each connector; <see langword="null"/> for all.</param>
    IReadOnlyList<SyncRecord> GetHistory(Func<string, bool> connector, int? most);

    /// <summary>What one synchronization found different.</summary>
    IEnumerable<RunbookChange> GetChanges(long syncId);

    /// <summary>
    /// Takes the right to synchronize a connector and writes down that a synchronization started. A lease whose holder is gone
    /// is taken over, and its synchronization ends in the history as interrupted.
    /// </summary>
    /// <exception cref="OrchestratorException">ResourceBusy, ConnectorRemoved, ConnectorDisabled (without force).</exception>
    SyncLease BeginSync(Connector connector, bool force);

    /// <summary>Says that the holder is still at work, and how far.</summary>
    /// <exception cref="OrchestratorException">ConnectorRemoved, LeaseLost.</exception>
    void RenewSync(SyncLease lease, int? percent);

    /// <summary>
    /// Opens an empty stage. Several may be open at once; one that is to be committed is opened under its lease, because it
    /// need not hold what is as the library has it.
    /// </summary>
    ISyncStage OpenStage(Connector connector);

    /// <summary>
    /// Makes the library equal to a completed stage, writes what differed into the history, ends the synchronization as a
    /// success and gives the lease back: all in one transaction. What did not change is not written.
    /// </summary>
    /// <exception cref="OrchestratorException">ConnectorRemoved, LeaseLost; nothing is written then.</exception>
    SyncRecord CommitSync(SyncLease lease, ISyncStage stage, SyncCommit commit, CancellationToken cancellationToken);

    /// <summary>Ends a synchronization as failed and gives the lease back; the library is not touched. A lost lease is no error here.</summary>
    /// <param name="lease">The right to it.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="totals">What it took.</param>
    /// <param name="errorId">The error's id, where it failed of one of the catalogue.</param>
    SyncRecord FailSync(SyncLease lease, string error, SyncTotals totals, string? errorId = null);

    /// <summary>
    /// Takes the present contract of an invalid runbook as the one to go by: it becomes active. Nothing happens to one that is
    /// not invalid.
    /// </summary>
    /// <returns>The runbook as it is now.</returns>
    /// <exception cref="OrchestratorException">RunbookNotFound.</exception>
    LibraryRunbook ApproveRunbook(LibraryRunbook runbook);

    /// <summary>Keeps a job. Old ones beyond a bound go, those that are not over last.</summary>
    /// <returns>The job with its key.</returns>
    JobRecord AddJob(JobRecord job);

    /// <summary>Changes a kept job as one step.</summary>
    /// <returns>The job as it is now; <see langword="null"/> when it is not kept any more.</returns>
    JobRecord? UpdateJob(JobRecord job, Func<JobRecord, JobRecord> change);

    /// <summary>The kept jobs that fit, newest first.</summary>
    IReadOnlyList<JobRecord> FindJobs(JobQuery query);

    /// <summary>Whom the server called the creator of jobs that were started here over a connector with an account.</summary>
    /// <param name="connectorId">The connector's key.</param>
    /// <param name="runAsAccount">The account's name; <see langword="null"/> for the current user.</param>
    IReadOnlyList<string> GetJobCreators(long connectorId, string? runAsAccount);

    /// <summary>Keeps a connector's runbook servers, as its server told them, in place of those before.</summary>
    void SetRunbookServers(long connectorId, IReadOnlyList<RunbookServer> servers);

    /// <summary>The kept runbook servers, by name; of one connector or, with <see langword="null"/>, of all.</summary>
    IReadOnlyList<RunbookServer> GetRunbookServers(long? connectorId);

    /// <summary>All runbook activities, by name.</summary>
    IReadOnlyList<RunbookActivity> GetActivities();

    /// <summary>The runbook activity of exactly this name, or <see langword="null"/>.</summary>
    RunbookActivity? FindActivity(string name);

    /// <summary>Stores a new runbook activity.</summary>
    /// <exception cref="OrchestratorException">ActivityExists.</exception>
    RunbookActivity AddActivity(RunbookActivity activity);

    /// <summary>Changes a runbook activity as one step.</summary>
    /// <exception cref="OrchestratorException">ActivityNotFound, ActivityExists.</exception>
    RunbookActivity UpdateActivity(RunbookActivity activity, Func<RunbookActivity, RunbookActivity> change);

    /// <summary>Removes a runbook activity.</summary>
    /// <exception cref="OrchestratorException">ActivityNotFound.</exception>
    void RemoveActivity(RunbookActivity activity);

    /// <summary>
    /// Keeps an event that the store does not know of by itself: every change of connectors, accounts, activities, jobs and
    /// synchronizations makes its event in the same transaction. Old ones go by age and by number.
    /// </summary>
    /// <returns>The event with its key, its time and its process.</returns>
    ConnectorEvent AddEvent(ConnectorEvent entry);

    /// <summary>The kept events that fit, oldest first.</summary>
    IReadOnlyList<ConnectorEvent> FindEvents(EventQuery query);
}
