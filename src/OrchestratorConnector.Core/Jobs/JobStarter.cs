using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Jobs;

/// <summary>
/// Starts jobs of one connector and keeps what is known of them. A start goes out once: when its answer is lost, the job is
/// looked for instead of started again.
/// </summary>
/// <param name="store">Where jobs are kept.</param>
/// <param name="connector">The connector, as the store has it now.</param>
/// <param name="client">Its server.</param>
/// <param name="servers">The machines that run its jobs.</param>
/// <param name="reporter">Hears what had to be decided.</param>
/// <param name="time">The clock of the request times.</param>
public sealed class JobStarter(IStateStore store, Connector connector, IOrchestratorClient client, RunbookServers servers, IReporter reporter, TimeProvider time)
{
    // What the two clocks may be apart by, beside what is known of them: HTTP dates are whole seconds.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    // How far a clock may be wrong at all.
    private static readonly TimeSpan MostSkew = TimeSpan.FromDays(1);

    private readonly object _encodingLock = new();
    private ParameterEncoding _known = connector.KnownEncoding;

    /// <summary>Starts a job.</summary>
    /// <returns>The job as kept, with the server's id.</returns>
    /// <exception cref="OrchestratorException">
    /// Why it was not started; JobOutcomeUnknown when nobody knows whether it was.
    /// </exception>
    public async Task<JobRecord> StartAsync(JobOrder order, CancellationToken cancellationToken)
    {
        RunbookGate.Check(order.Runbook, order.Force, order.IsAwaited);
        IReadOnlyList<string> machines = await servers.SpellAsync(order.RunbookServers, cancellationToken).ConfigureAwait(false);
        if (order.Runbook.Runbook.IsMonitor && !order.Force)
        {
            await RefuseSecondMonitorAsync(order.Runbook, cancellationToken).ConfigureAwait(false);
        }

        SecretMask mask = new(order.Parameters);
        // Kept before it is sent: whatever happens to this process, somebody can see that it was tried.
        JobRecord record = store.AddJob(NewRecord(order));
        ServerJob started;
        ParameterEncoding encoding;
        try
        {
            (started, encoding) = await SendAsync(order, machines, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.Id == nameof(Error.AnswerLost))
        {
            OrchestratorException unknown = mask.Of(await ExplainAsync(order.Runbook, record, e, cancellationToken).ConfigureAwait(false));
            store.UpdateJob(record, r => r with { Error = unknown.Message });
            throw unknown;
        }
        catch (OrchestratorException e)
        {
            OrchestratorException refused = mask.Of(Refusal(order.Runbook, mask, e));
            store.UpdateJob(record, r => r with { Status = JobStatus.Failed, Error = refused.Message, FinishTime = time.GetUtcNow().UtcDateTime });
            throw refused;
        }
        catch (OperationCanceledException)
        {
            store.UpdateJob(record, r => r with { Status = JobStatus.Canceled, Error = "It was stopped before it was sent.", FinishTime = time.GetUtcNow().UtcDateTime });
            throw;
        }

        return Keep(record, started, order, encoding);
    }

    /// <summary>Writes down a job that the server has. It runs, whatever becomes of that.</summary>
    private JobRecord Keep(JobRecord record, ServerJob started, JobOrder order, ParameterEncoding encoding)
    {
        try
        {
            record = store.UpdateJob(record, r => WithStart(r, started)) ?? WithStart(record, started);
            reporter.Verbose($"The job {started.Id} of the runbook '{record.RunbookPath}' was started.");
            Learn(order, started, encoding);
            return record;
        }
        catch (Exception e) when (e is OrchestratorException or OperationCanceledException)
        {
            reporter.Warning($"The job {started.Id} of the runbook '{record.RunbookPath}' was started, and could not be kept: {e.Message} Get-SMRunbookJob -Remote -Connector '{connector.Name}' -Id {started.Id} shows it at the server.");
            return WithStart(record, started);
        }
    }

    private static JobRecord WithStart(JobRecord record, ServerJob started) => record with
    {
        JobId = started.Id,
        Status = started.Status == JobStatus.Unknown ? JobStatus.Pending : started.Status,
        CreatedBy = started.CreatedBy,
        CreationTime = started.CreationTime,
    };

    private JobRecord NewRecord(JobOrder order) => new()
    {
        ConnectorId = connector.Id,
        Connector = connector.Name,
        RunbookId = order.Runbook.Runbook.Id,
        Runbook = order.Runbook.Runbook.Name,
        RunbookPath = order.Runbook.Runbook.Path,
        Status = JobStatus.Unknown,
        RequestTime = time.GetUtcNow().UtcDateTime,
        StartedBy = Environment.UserName,
        Machine = Environment.MachineName,
        RunAsAccount = connector.RunAsAccount,
        Parameters = [.. order.Parameters.Select(p => new KeyValuePair<string, string>(p.Name, p.VisibleValue))],
    };

    /// <returns>The job, and how its values were escaped where that is to be learned from; Auto where it is not.</returns>
    private async Task<(ServerJob Job, ParameterEncoding Tried)> SendAsync(JobOrder order, IReadOnlyList<string> machines, CancellationToken cancellationToken)
    {
        JobRequest request = new() { RunbookId = order.Runbook.Runbook.Id, Parameters = order.Parameters, RunbookServers = machines };
        bool isTelling = client.Protocol == ConnectorProtocol.Atom && order.Parameters.Any(p => JobParametersXml.IsTelling(p.Value));
        ParameterEncoding encoding = Encoding();
        if (!isTelling || encoding != ParameterEncoding.Auto)
        {
            ParameterEncoding known = encoding == ParameterEncoding.Auto ? ParameterEncoding.Once : encoding;
            return (await client.Jobs.StartAsync(request with { Encoding = known }, cancellationToken).ConfigureAwait(false), ParameterEncoding.Auto);
        }

        // Escaped once is the reading that a server of the other kind refuses instead of misunderstanding: most of what it
        // un-escapes once too often is no XML any more. A refusal says that no job was started, so it may be asked again.
        ParameterEncoding tried = ParameterEncoding.Once;
        ServerJob job;
        try
        {
            job = await client.Jobs.StartAsync(request with { Encoding = tried }, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus == 400 && e.ServerSays?.IndexOf("not in expected format", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            tried = ParameterEncoding.Twice;
            job = await client.Jobs.StartAsync(request with { Encoding = tried }, cancellationToken).ConfigureAwait(false);
        }

        return (job, tried);
    }

    private ParameterEncoding Encoding()
    {
        lock (_encodingLock)
        {
            return connector.ParameterEncoding != ParameterEncoding.Auto ? connector.ParameterEncoding : _known;
        }
    }

    /// <summary>Compares what the server understood with what was meant, where it shows it.</summary>
    private void Learn(JobOrder order, ServerJob job, ParameterEncoding tried)
    {
        if (tried == ParameterEncoding.Auto)
        {
            return;
        }

        string[] shown = [.. from sent in order.Parameters
                             where JobParametersXml.IsTelling(sent.Value)
                             let echo = job.Parameters?.FirstOrDefault(p => p.Id == sent.Id || p.Name.Equals(sent.Name, StringComparison.OrdinalIgnoreCase))
                             where echo is not null
                             select echo.Value == sent.Value ? string.Empty : sent.Name];
        if (shown.Length == 0)
        {
            return;
        }

        bool isUnderstood = shown.All(s => s.Length == 0);
        ParameterEncoding found = isUnderstood ? tried : tried == ParameterEncoding.Once ? ParameterEncoding.Twice : ParameterEncoding.Once;
        if (!isUnderstood)
        {
            reporter.Warning($"The server of '{connector.Name}' understood {string.Join(", ", shown.Where(s => s.Length > 0).Select(s => $"'{s}'"))} of the job {job.Id} otherwise than it was meant: it un-escapes values in another way than was assumed. The next jobs are sent the other way. Look at what this one did; Set-OrchestratorConnector '{connector.Name}' -ParameterEncoding {found} settles it for good.");
        }

        lock (_encodingLock)
        {
            _known = found;
        }

        store.UpdateConnector(connector, c => c.ParameterEncoding == ParameterEncoding.Auto ? c with { KnownEncoding = found } : c);
    }

    private async Task RefuseSecondMonitorAsync(LibraryRunbook runbook, CancellationToken cancellationToken)
    {
        ListSink<ServerJob> jobs = new();
        await client.Jobs.ReadJobsAsync(new JobFilter { RunbookId = runbook.Runbook.Id, IsActive = true }, jobs, cancellationToken).ConfigureAwait(false);
        ServerJob[] active = [.. jobs.Items.Where(j => j.RunbookId == runbook.Runbook.Id && j.Status is JobStatus.Pending or JobStatus.Running)];
        if (active.Length > 0)
        {
            throw Error.MonitorAlreadyRunning(runbook, active);
        }
    }

    /// <summary>Looks for the job of a start whose answer was lost.</summary>
    private async Task<OrchestratorException> ExplainAsync(LibraryRunbook runbook, JobRecord record, OrchestratorException lost, CancellationToken cancellationToken)
    {
        ListSink<ServerJob> jobs = new();
        // The server may not have answered before, so that nobody knows its clock: this answer tells it.
        DateTime surely = record.RequestTime + client.Jobs.ServerClock - MostSkew;
        try
        {
            await client.Jobs.ReadJobsAsync(new JobFilter { RunbookId = runbook.Runbook.Id, CreatedSince = surely }, jobs, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OrchestratorException or OperationCanceledException)
        {
            return Error.JobOutcomeUnknown(runbook.Runbook.Path, client.ServiceUrl, null, isOwn: false, lost);
        }

        DateTime since = record.RequestTime + client.Jobs.ServerClock - Tolerance;
        // The server calls its users by SIDs: which of them this account is, earlier jobs tell.
        IReadOnlyList<string> creators = store.GetJobCreators(connector.Id, connector.RunAsAccount);
        ServerJob[] candidates =
        [
            .. jobs.Items.Where(j => j.RunbookId == runbook.Runbook.Id
                && (j.CreationTime is null || j.CreationTime >= since)
                && (creators.Count == 0 || j.CreatedBy is null || creators.Contains(j.CreatedBy, StringComparer.OrdinalIgnoreCase))),
        ];
        return Error.JobOutcomeUnknown(runbook.Runbook.Path, client.ServiceUrl, candidates, creators.Count > 0, lost);
    }

    /// <summary>The server's refusal in the words of what was asked, with what to do about the reasons that are known (facts A.11, B.6).</summary>
    private static OrchestratorException Refusal(LibraryRunbook runbook, SecretMask mask, OrchestratorException e)
    {
        if (e.HttpStatus is not (400 or 403) || e.ServerSays is null)
        {
            return e;
        }

        string says = mask.Of(e.ServerSays.Trim())!;
        (ErrorKind kind, string? hint) = says switch
        {
            _ when Says("Publish") => (ErrorKind.PermissionDenied, "Give the account the Publish right on the runbook, in the Runbook Designer; a change takes up to half an hour to be seen (authorization cache)."),
            _ when Says("checked out") => (ErrorKind.InvalidOperation, "Check it in, in the Runbook Designer."),
            _ when Says("number of parameters") || Says("parameter") => (ErrorKind.InvalidArgument, "The runbook's inputs may have changed at the source: synchronize the connector."),
            _ when Says("runbook server") => (ErrorKind.InvalidArgument, null),
            _ when Says("does not exist") => (ErrorKind.NotFound, "Synchronize the connector: the runbook may be gone."),
            _ => (ErrorKind.InvalidOperation, (string?)null),
        };
        return Error.StartRejected(runbook.Runbook.Path, kind, says, hint, e);

        bool Says(string words) => says.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
