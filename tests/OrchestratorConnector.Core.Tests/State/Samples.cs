using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>Things to store.</summary>
internal static class Samples
{
    public static SyncTotals Totals { get; } = new(7, 1234);

    public static Connector Connector(string name = "Main") => new() { Name = name, ServiceUrl = new Uri("http://sco:81/Orchestrator2012/Orchestrator.svc") };

    public static RunAsAccount Account(string name = "Service") => new() { Name = name, UserName = @"CONTOSO\o'brien", ProtectedPassword = [1, 2, 0, 3] };

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static RunbookParameter Parameter(int number, string name, ParameterDirection direction = ParameterDirection.In) =>
        new() { Id = Id(number), Name = name, Type = "String", Direction = direction };

    public static Runbook Runbook(int number, string? name = null, string folder = @"\Ops", string? description = null, params RunbookParameter[] parameters)
    {
        name ??= $"Runbook {number}";
        return new Runbook
        {
            Id = Id(number),
            FolderId = Id(1000),
            Name = name,
            Path = $@"{folder}\{name}",
            Description = description,
            Parameters = RunbookContract.Normalize(parameters),
        };
    }

    /// <summary>A runbook in which every property has a value of its own.</summary>
    public static Runbook FullRunbook(int number = 1) => new()
    {
        Id = Id(number),
        FolderId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        Name = "Größe 漢字 🚀 'quoted' \"double\" 100%",
        Path = @"\Ops\Größe 漢字 🚀 'quoted' ""double"" 100%",
        Description = "line one\r\nline two\0after a zero",
        IsMonitor = true,
        CreatedBy = "S-1-5-21-1",
        CreationTime = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1),
        LastModifiedBy = "S-1-5-21-2",
        LastModifiedTime = new DateTime(2021, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        CheckedOutBy = "S-1-5-21-3",
        CheckedOutTime = new DateTime(2022, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Parameters = RunbookContract.Normalize(
        [
            new RunbookParameter { Id = Id(1), Name = "Out", Direction = ParameterDirection.Out },
            new RunbookParameter { Id = Id(2), Name = "", Type = "", Description = "", Direction = ParameterDirection.In },
            new RunbookParameter { Id = Id(3), Name = "漢字", Type = "Integer", Description = "d", Direction = ParameterDirection.In },
        ]),
    };

    public static JobRecord Job(string runbook = "Restart", JobStatus status = JobStatus.Pending) => new()
    {
        ConnectorId = 1,
        Connector = "Main",
        RunbookId = Id(1),
        Runbook = runbook,
        RunbookPath = $@"\Ops\{runbook}",
        Status = status,
    };

    /// <summary>A job in which every property has a value of its own, some of them large.</summary>
    public static JobRecord FullJob() => new()
    {
        ConnectorId = 4711,
        Connector = "Größe 'x' 🚀",
        RunbookId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        Runbook = "Größe 漢字 🚀",
        RunbookPath = @"\Ops\Größe 漢字 🚀",
        JobId = Guid.Parse("ffeeddcc-4455-6677-8899-aabbccddeeff"),
        Status = JobStatus.Completed,
        InstanceStatus = InstanceStatus.Warning,
        RequestTime = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1),
        StartedBy = @"CONTOSO\o'brien",
        Machine = "HERE",
        RunAsAccount = "Service",
        CreatedBy = "S-1-5-21-1",
        CreationTime = new DateTime(2026, 1, 2, 3, 4, 6, DateTimeKind.Utc),
        StartTime = new DateTime(2026, 1, 2, 3, 4, 7, DateTimeKind.Utc),
        FinishTime = new DateTime(2026, 1, 2, 3, 4, 8, DateTimeKind.Utc),
        RunbookServer = "RS01",
        Parameters = [Pair("Größe", "漢字 🚀\r\n'\"<&>\0after a zero"), Pair("Password", JobParameter.Mask), Pair("Large", new string('ß', 100_000)), Pair("", "")],
        Outputs = [Pair("Out", string.Concat(Enumerable.Repeat("🚀", 50_000))), Pair("out", "")],
        FailedActivity = "Send mail",
        Error = "line one\nline two",
    };

    public static RunbookActivity Activity(string name = "Restart server") =>
        new() { Name = name, ConnectorId = 1, RunbookId = Id(1), RunbookPath = @"\Ops\Restart" };

    public static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);

    /// <summary>All that there is to a thing, to compare by: lists one by one, and a contract by what its parameters hold.</summary>
    public static string Text(object thing) => string.Join("|", thing.GetType().GetProperties().Select(p => p.Name + "=" + Value(p.GetValue(thing))));

    /// <summary>A difference that says what the pair is and whether the description changed.</summary>
    public static RunbookChange Compare(RunbookPair pair)
    {
        Runbook now = pair.After ?? pair.Before!.Runbook;
        List<PropertyChange> properties = [];
        if (pair is { Before.Runbook: { } before, After: { } after } && before.Description != after.Description)
        {
            properties.Add(new PropertyChange(nameof(after.Description), before.Description, after.Description));
        }

        return new RunbookChange
        {
            Id = now.Id,
            Name = now.Name,
            Path = now.Path,
            Kind = pair switch
            {
                { Before: null } => RunbookChangeKind.Added,
                { After: null } => RunbookChangeKind.Missing,
                { Before.Status: RunbookStatus.Missing or RunbookStatus.PendingDelete } => RunbookChangeKind.Returned,
                _ => RunbookChangeKind.Changed,
            },
            Properties = properties,
            Contract = ContractChange.IdsOnly,
            Parameters = [new ParameterChange("P", ParameterDirection.Out, ParameterChangeKind.Id, null, "x")],
        };
    }

    public static SyncCommit Commit(bool markMissing = true, Func<RunbookPair, string?>? invalidates = null) => new()
    {
        Compare = Compare,
        Invalidates = invalidates ?? (_ => null),
        MarkMissing = markMissing,
        MissingReason = "No longer returned.",
        Totals = Totals,
    };

    /// <summary>A whole synchronization.</summary>
    public static SyncRecord Sync(IStateStore store, Connector connector, params Runbook[] runbooks) => Sync(store, connector, Commit(), runbooks);

    /// <summary>A whole synchronization that ends in a certain way.</summary>
    public static SyncRecord Sync(IStateStore store, Connector connector, SyncCommit commit, params Runbook[] runbooks)
    {
        SyncLease lease = store.BeginSync(connector, force: true);
        using ISyncStage stage = store.OpenStage(connector);
        stage.Add(runbooks);
        stage.Complete();
        return store.CommitSync(lease, stage, commit, default);
    }

    public static IReadOnlyList<LibraryRunbook> All(IStateStore store) => [.. store.FindRunbooks(new RunbookQuery(), default)];

    private static string Value(object? value) => value switch
    {
        null => "null",
        RunbookParameter p => $"{p.Direction} {p.Id} {p.Name} {p.Type ?? "null"} {p.Description ?? "null"}",
        IEnumerable list and not string => $"[{string.Join(",", list.Cast<object>().Select(Value))}]",
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
