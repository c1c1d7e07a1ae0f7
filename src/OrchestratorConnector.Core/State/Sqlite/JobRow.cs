using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>A kept job as a row.</summary>
internal static class JobRow
{
    /// <summary>The condition that more may happen to a job, as <see cref="OpenIndex"/> is made with it.</summary>
    public const string IsOpen = "status IN (0, 1, 2)";

    /// <summary>The index that holds the jobs that are not over, and no others.</summary>
    public const string OpenIndex = "job_open";

    /// <summary>
    /// The columns that <see cref="Read"/> reads, of the table as <c>j</c>. A connector bears its present name, by which it is
    /// asked for, and one that is gone the name that it bore then.
    /// </summary>
    public const string Columns = """
        j.key, j.connector_id, coalesce((SELECT c.name FROM connector AS c WHERE c.id = j.connector_id), j.connector),
        j.runbook_id, j.runbook, j.runbook_path, j.job_id, j.status, j.instance_status, j.request_time, j.started_by, j.machine, j.run_as_account, j.created_by, j.creation_time, j.start_time, j.finish_time,
        j.runbook_server, j.failed_activity, j.error, j.parameters, j.outputs
        """;

    private const string Insert = """
        INSERT INTO job (connector_id, connector, connector_key, runbook_id, runbook, runbook_key, runbook_path, job_id, status,
            instance_status, request_time, started_by, machine, run_as_account, run_as_account_key, created_by, creation_time,
            start_time, finish_time, runbook_server, failed_activity, error, parameters, outputs)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
        """;

    private const string Update = """
        UPDATE job SET connector_id = ?1, connector = ?2, connector_key = ?3, runbook_id = ?4, runbook = ?5, runbook_key = ?6,
            runbook_path = ?7, job_id = ?8, status = ?9, instance_status = ?10, request_time = ?11, started_by = ?12,
            machine = ?13, run_as_account = ?14, run_as_account_key = ?15, created_by = ?16, creation_time = ?17,
            start_time = ?18, finish_time = ?19, runbook_server = ?20, failed_activity = ?21, error = ?22, parameters = ?23,
            outputs = ?24
        WHERE key = ?25
        """;

    public static JobRecord Read(SqliteStatement statement) => new()
    {
        Key = statement.Number(0),
        ConnectorId = statement.Number(1),
        Connector = statement.Text(2),
        RunbookId = statement.Id(3),
        Runbook = statement.Text(4),
        RunbookPath = statement.Text(5),
        JobId = statement.OptionalId(6),
        Status = (JobStatus)statement.Number(7),
        InstanceStatus = (InstanceStatus)statement.Number(8),
        RequestTime = statement.Time(9),
        StartedBy = statement.OptionalText(10),
        Machine = statement.OptionalText(11),
        RunAsAccount = statement.OptionalText(12),
        CreatedBy = statement.OptionalText(13),
        CreationTime = statement.OptionalTime(14),
        StartTime = statement.OptionalTime(15),
        FinishTime = statement.OptionalTime(16),
        RunbookServer = statement.OptionalText(17),
        FailedActivity = statement.OptionalText(18),
        Error = statement.OptionalText(19),
        Parameters = ValuesCodec.Read(statement, 20),
        Outputs = ValuesCodec.Read(statement, 21),
    };

    public static JobRecord? Find(SqliteSession session, long key)
    {
        using SqliteStatement select = session.Use($"SELECT {Columns} FROM job AS j WHERE j.key = ?");
        return select.Bind(1, key).Step() ? Read(select) : null;
    }

    /// <returns>Its key.</returns>
    public static long Add(SqliteSession session, JobRecord job)
    {
        using SqliteStatement insert = session.Use(Insert);
        Bind(insert, job).Run();
        return session.LastId;
    }

    public static void Write(SqliteSession session, JobRecord job)
    {
        using SqliteStatement update = session.Use(Update);
        Bind(update, job).Bind(25, job.Key).Run();
    }

    /// <summary>
    /// Lets the oldest go until no more are kept than should be: those that are over first, and not the one that has just come.
    /// </summary>
    public static void Prune(SqliteSession session, long keep, long added)
    {
        long tooMany = session.Number("SELECT count(*) FROM job") - keep;
        if (tooMany > 0)
        {
            tooMany -= Delete(session, $"job INDEXED BY job_time WHERE NOT {IsOpen}", tooMany, added);
        }

        if (tooMany > 0)
        {
            Delete(session, $"job INDEXED BY {OpenIndex} WHERE {IsOpen}", tooMany, added);
        }
    }

    // Along an index that has them in order, so that no more are looked at than stand before the last that goes.
    private static long Delete(SqliteSession session, string which, long most, long added)
    {
        using SqliteStatement delete = session.Use(
            $"DELETE FROM job WHERE key IN (SELECT key FROM {which} AND key <> ?1 ORDER BY request_time, key LIMIT ?2)");
        return delete.Bind(1, added).Bind(2, most).Run();
    }

    private static SqliteStatement Bind(SqliteStatement statement, JobRecord job)
    {
        statement
            .Bind(1, job.ConnectorId)
            .Bind(2, job.Connector)
            .Bind(3, NamePattern.Key(job.Connector))
            .Bind(4, job.RunbookId)
            .Bind(5, job.Runbook)
            .Bind(6, NamePattern.Key(job.Runbook))
            .Bind(7, job.RunbookPath)
            .Bind(8, job.JobId)
            .Bind(9, (long)job.Status)
            .Bind(10, (long)job.InstanceStatus)
            .Bind(11, job.RequestTime)
            .Bind(12, job.StartedBy)
            .Bind(13, job.Machine)
            .Bind(14, job.RunAsAccount)
            .Bind(15, job.RunAsAccount is { } account ? NamePattern.Key(account) : null)
            .Bind(16, job.CreatedBy)
            .Bind(17, job.CreationTime)
            .Bind(18, job.StartTime)
            .Bind(19, job.FinishTime)
            .Bind(20, job.RunbookServer)
            .Bind(21, job.FailedActivity)
            .Bind(22, job.Error);
        BlobWriter scratch = new();
        ValuesCodec.Bind(statement, 23, job.Parameters, scratch);
        ValuesCodec.Bind(statement, 24, job.Outputs, scratch);
        return statement;
    }
}
