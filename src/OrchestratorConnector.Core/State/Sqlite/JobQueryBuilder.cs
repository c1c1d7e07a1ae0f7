using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Makes a query over the kept jobs, the newest first. It goes along the index that leaves most out, and along that of the
/// times where none does: that one ends as soon as there are as many as are wanted.
/// </summary>
internal sealed class JobQueryBuilder
{
    private static readonly JobStatus[] Open = [JobStatus.Unknown, JobStatus.Pending, JobStatus.Running];

    private readonly SqliteConditions _conditions = new();

    /// <param name="query">What is asked.</param>
    /// <param name="connectors">The connectors whose present name fits the query's.</param>
    public JobQueryBuilder(JobQuery query, IReadOnlyList<long> connectors)
    {
        string index = Index(query);
        if (index == JobRow.OpenIndex)
        {
            // What the index holds, in the words that the index is made with; without them it is not used.
            _conditions.Add("j." + JobRow.IsOpen);
        }

        if (query.Ids.Count > 0)
        {
            _conditions.Add($"j.job_id IN ({_conditions.Values(query.Ids)})");
        }

        if (query.RunbookIds.Count > 0)
        {
            _conditions.Add($"j.runbook_id IN ({_conditions.Values(query.RunbookIds)})");
        }

        _conditions.AddPatterns("j.runbook_key", query.Runbooks);
        if (!SqliteConditions.IsAll(query.Connectors))
        {
            // By its present name, and by the one that it bore then unless that is another's now.
            _conditions.Add($"(j.connector_id IN ({string.Join(", ", connectors)}) OR ({_conditions.Fits("j.connector_key", query.Connectors)} AND j.connector_key NOT IN (SELECT name_key FROM connector)))");
        }

        if (query.Statuses.Count > 0)
        {
            _conditions.Add($"j.status IN ({string.Join(", ", query.Statuses.Select(s => (int)s))})");
        }

        if (query.Since is { } since)
        {
            _conditions.Add($"j.request_time >= {_conditions.Value(since)}");
        }

        string most = query.Last is { } last ? FormattableString.Invariant($" LIMIT {Math.Max(0, last)}") : string.Empty;
        Sql = $"SELECT {JobRow.Columns} FROM job AS j INDEXED BY {index}{_conditions.Where} ORDER BY j.request_time DESC, j.key DESC{most}";
    }

    public string Sql { get; }

    public void Bind(SqliteStatement statement) => _conditions.Bind(statement);

    private static string Index(JobQuery query) => query switch
    {
        { Ids.Count: > 0 } => "job_id",
        { RunbookIds.Count: > 0 } => "job_runbook",
        { Runbooks.Count: > 0 } when query.Runbooks.All(p => p.Literal is not null) => "job_name",
        { Statuses.Count: > 0 } when query.Statuses.All(Open.Contains) => JobRow.OpenIndex,
        _ => "job_time",
    };
}
