using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Events;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    // How many jobs of an account are asked for their creators, and how many creators are enough.
    private const int JobsWithCreators = 1_000;
    private const int MostCreators = 10;

    // Whether too many jobs are kept is asked at each such part of the bound.
    private const int PrunesPerBound = 100;

    /// <inheritdoc/>
    public JobRecord AddJob(JobRecord job) => Write(session =>
    {
        JobRecord added = job with { RequestTime = job.RequestTime == default ? Now : job.RequestTime };
        added = added with { Key = JobRow.Add(session, added) };
        // To count them is not much, but not for every job. The keys follow each other whoever adds, so that one of so many
        // finds that it is its turn, and leaves room for the others until the next one's.
        long interval = Math.Max(1, _options.KeptJobs / PrunesPerBound);
        if (added.Key % interval == 0)
        {
            JobRow.Prune(session, _options.KeptJobs - interval + 1, added.Key);
        }

        return added;
    });

    /// <inheritdoc/>
    public JobRecord? UpdateJob(JobRecord job, Func<JobRecord, JobRecord> change) => Write(session =>
    {
        if (JobRow.Find(session, job.Key) is not { } current)
        {
            return null;
        }

        JobRecord changed = change(current) with { Key = current.Key };
        if (!IsSame(current, changed))
        {
            JobRow.Write(session, changed);
            Record(session, Event.Changed(current, changed));
        }

        return changed;
    },
    // A job that was sent runs, whoever lost interest in it: what is known of it is written down all the same.
    CancellationToken.None);

    /// <inheritdoc/>
    public IReadOnlyList<JobRecord> FindJobs(JobQuery query) => Read(session =>
    {
        JobQueryBuilder builder = new(query, query.Connectors.Count == 0 ? [] : FindConnectors(session, n => query.Connectors.Any(p => p.IsMatch(n))));
        using SqliteStatement select = session.Prepare(builder.Sql);
        builder.Bind(select);
        List<JobRecord> jobs = [];
        while (select.Step())
        {
            jobs.Add(JobRow.Read(select));
        }

        return jobs;
    });

    /// <inheritdoc/>
    public IReadOnlyList<string> GetJobCreators(long connectorId, string? runAsAccount) => Read(session =>
    {
        using SqliteStatement select = session.Use("""
            SELECT created_by FROM job INDEXED BY job_creator
            WHERE connector_id = ?1 AND run_as_account_key IS ?2 AND created_by IS NOT NULL
            ORDER BY request_time DESC, key DESC LIMIT ?3
            """);
        select.Bind(1, connectorId)
            .Bind(2, runAsAccount is null ? null : NamePattern.Key(runAsAccount))
            .Bind(3, (long)JobsWithCreators);
        List<string> creators = [];
        while (creators.Count < MostCreators && select.Step())
        {
            string creator = select.Text(0);
            if (!creators.Contains(creator))
            {
                creators.Add(creator);
            }
        }

        return creators;
    },
    // Asked when the answer to a start was lost, most often because somebody stopped waiting for it.
    CancellationToken.None);

    private static List<long> FindConnectors(SqliteSession session, Func<string, bool> fits)
    {
        using SqliteStatement select = session.Use("SELECT id, name FROM connector");
        List<long> found = [];
        while (select.Step())
        {
            if (fits(select.Text(1)))
            {
                found.Add(select.Number(0));
            }
        }

        return found;
    }

    /// <summary>Whether nothing need be written. Records compare their lists by identity only.</summary>
    private static bool IsSame(JobRecord one, JobRecord other) =>
        one == other with { Parameters = one.Parameters, Outputs = one.Outputs }
        && one.Parameters.SequenceEqual(other.Parameters)
        && one.Outputs.SequenceEqual(other.Outputs);
}
