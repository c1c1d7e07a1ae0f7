using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using OrchestratorConnector.Sync;

namespace OrchestratorConnector.ReportLab;

/// <summary>Stores to make reports from.</summary>
internal static class Stores
{
    /// <summary>What no report may show.</summary>
    public const string Hidden = "s3cret value of a job";

    private static readonly SyncTotals Totals = new(12, 480_000);
    private static readonly string[] ParameterNames = ["Computer Name", "Service Name", "User", "Ticket", "Reason", "Path", "Owner", "Mailbox", "Result", "Error Text"];

    /// <summary>One connector and many runbooks with four parameters each, in a thousand folders.</summary>
    public static void FillLarge(string path, int runbooks)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        Connector connector = store.AddConnector(NewConnector("Production"));
        Sync(store, connector, [.. Enumerable.Range(0, runbooks).Select(i => NewRunbook(
            string.Create(CultureInfo.InvariantCulture, $@"\Area {i % 40:00}\Team {i / 40 % 25:00}"),
            string.Create(CultureInfo.InvariantCulture, $"Runbook {i:00000}"),
            "Made for a large library.",
            [.. Enumerable.Range(0, 4).Select(p => ParameterNames[((i % 7) + (p * 3)) % ParameterNames.Length])]))]);
    }

    /// <summary>One connector and runbooks that all lie in the root folder.</summary>
    public static void FillFlat(string path, int runbooks)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        Sync(store, store.AddConnector(NewConnector("Production")), [.. Enumerable.Range(0, runbooks).Select(i => NewRunbook(
            FolderPath.Root,
            string.Create(CultureInfo.InvariantCulture, $"Runbook {i:0000}"),
            null))]);
    }

    /// <summary>Names that somebody chose to do harm, or that are just strange, wherever there is a name.</summary>
    public static void FillStrange(string path, params string[] names)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        Connector connector = store.AddConnector(NewConnector("</script><b>&\"'"));
        Sync(store, connector, [.. names.Select(n => NewRunbook(@"\<i>\" + Plain(n), n, n, n))]);
        Sync(store, connector, [.. names.Select(n => NewRunbook(@"\<i>\" + Plain(n), n, n, "new " + n))]);
        foreach (string name in names)
        {
            store.AddJob(NewJob(connector, NewRunbook(@"\<i>\" + Plain(name), name, null), JobStatus.Failed) with { FailedActivity = name });
        }

        Fail(store, connector, string.Join('\n', names));

        // A backslash in a folder's name would be the end of the name.
        static string Plain(string name) => name.Replace('\\', '/');
    }

    public static Connector NewConnector(string name) => new()
    {
        Name = name,
        ServiceUrl = new Uri("http://scorch01:81/Orchestrator2012/Orchestrator.svc"),
        Schedule = SyncSchedule.Daily(TimeSpan.FromHours(2)),
    };

    /// <summary>A runbook whose ids follow from its path, with inputs of these names; one that ends in " out" is an output.</summary>
    public static Runbook NewRunbook(string folder, string name, string? description, params string[] parameters)
    {
        string path = folder == FolderPath.Root ? folder + name : $@"{folder}\{name}";
        return new Runbook
        {
            Id = Id(path),
            FolderId = Id(folder),
            Name = name,
            Path = path,
            Description = description,
            LastModifiedTime = new DateTime(2026, 2, 3, 14, 5, 0, DateTimeKind.Utc),
            Parameters = RunbookContract.Normalize(parameters.Select((p, i) => NewParameter(path, p, isOutput: i > 0 && i == parameters.Length - 1))),
        };
    }

    public static RunbookParameter NewParameter(string path, string name, bool isOutput) => new()
    {
        Id = Id($"{path}\0{name}"),
        Name = name,
        Type = "String",
        Direction = isOutput ? ParameterDirection.Out : ParameterDirection.In,
    };

    public static JobRecord NewJob(Connector connector, Runbook runbook, JobStatus status) => new()
    {
        ConnectorId = connector.Id,
        Connector = connector.Name,
        RunbookId = runbook.Id,
        Runbook = runbook.Name,
        RunbookPath = runbook.Path,
        Status = status,
        Parameters = [new KeyValuePair<string, string>("Reason", Hidden)],
        Outputs = [new KeyValuePair<string, string>("Result", Hidden)],
        Error = status == JobStatus.Failed ? Hidden : null,
    };

    /// <summary>A whole synchronization that succeeds.</summary>
    /// <param name="store">The store.</param>
    /// <param name="connector">The connector.</param>
    /// <param name="runbooks">What the server returns.</param>
    /// <param name="invalidates">Whether a change of contract is one under something that depends on the runbook.</param>
    /// <param name="meanwhile">What happens between its start and its end.</param>
    public static SyncRecord Sync(SqliteStateStore store, Connector connector, IReadOnlyList<Runbook> runbooks, Func<Runbook, bool>? invalidates = null, Action? meanwhile = null)
    {
        SyncLease lease = store.BeginSync(connector, force: true);
        using ISyncStage stage = store.OpenStage(connector);
        stage.Add(runbooks);
        stage.Complete();
        meanwhile?.Invoke();
        return store.CommitSync(lease, stage, new SyncCommit
        {
            Compare = RunbookDifference.Compare,
            Invalidates = pair => pair switch
            {
                { Before: { Status: RunbookStatus.Invalid } before } => before.StatusReason,
                { Before: not null, After: { } after } when invalidates?.Invoke(after) == true => "Its contract changed under a runbook activity.",
                _ => null,
            },
            MarkMissing = true,
            MissingReason = "No longer returned by the server.",
            Totals = Totals,
        }, default);
    }

    /// <summary>A synchronization that fails.</summary>
    public static SyncRecord Fail(SqliteStateStore store, Connector connector, string error, Action? meanwhile = null)
    {
        SyncLease lease = store.BeginSync(connector, force: true);
        meanwhile?.Invoke();
        return store.FailSync(lease, error, Totals);
    }

    private static Guid Id(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
