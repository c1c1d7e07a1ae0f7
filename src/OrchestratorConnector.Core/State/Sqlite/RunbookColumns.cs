using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// What of a runbook stands in which column: one list that serves the stage, the insertion, the comparison, the fingerprint and
/// the reading, so that no column can be forgotten in one of them.
/// </summary>
internal static class RunbookColumns
{
    private static readonly Column[] Content =
    [
        new("name", (s, i, r) => s.Bind(i, r.Name), (s, i, v) => v.Name = s.Text(i), (w, r) => w.Text(r.Name)),
        new("path", (s, i, r) => s.Bind(i, r.Path), (s, i, v) => v.Path = s.Text(i), (w, r) => w.Text(r.Path)),
        new("folder_id", (s, i, r) => s.Bind(i, r.FolderId), (s, i, v) => v.FolderId = s.Id(i), (w, r) => w.Id(r.FolderId)),
        new("description", (s, i, r) => s.Bind(i, r.Description), (s, i, v) => v.Description = s.OptionalText(i), (w, r) => w.OptionalText(r.Description)),
        new("is_monitor", (s, i, r) => s.Bind(i, r.IsMonitor), (s, i, v) => v.IsMonitor = s.Flag(i), (w, r) => w.Byte(r.IsMonitor ? (byte)1 : (byte)0)),
        new("created_by", (s, i, r) => s.Bind(i, r.CreatedBy), (s, i, v) => v.CreatedBy = s.OptionalText(i), (w, r) => w.OptionalText(r.CreatedBy)),
        new("creation_time", (s, i, r) => s.Bind(i, r.CreationTime), (s, i, v) => v.CreationTime = s.OptionalTime(i), (w, r) => w.OptionalLong(Ticks(r.CreationTime))),
        new("last_modified_by", (s, i, r) => s.Bind(i, r.LastModifiedBy), (s, i, v) => v.LastModifiedBy = s.OptionalText(i), (w, r) => w.OptionalText(r.LastModifiedBy)),
        new("last_modified_time", (s, i, r) => s.Bind(i, r.LastModifiedTime), (s, i, v) => v.LastModifiedTime = s.OptionalTime(i), (w, r) => w.OptionalLong(Ticks(r.LastModifiedTime))),
        new("checked_out_by", (s, i, r) => s.Bind(i, r.CheckedOutBy), (s, i, v) => v.CheckedOutBy = s.OptionalText(i), (w, r) => w.OptionalText(r.CheckedOutBy)),
        new("checked_out_time", (s, i, r) => s.Bind(i, r.CheckedOutTime), (s, i, v) => v.CheckedOutTime = s.OptionalTime(i), (w, r) => w.OptionalLong(Ticks(r.CheckedOutTime))),
    ];

    private const string Contract = "contract";
    private const string ContractPrints = "contract_fingerprint";

    // What follows from the content: kept for the indexes and the next synchronization, and not compared.
    private static readonly string[] Derived = ["name_key", "path_key", "folder", "folder_key", "fingerprint"];

    /// <summary>How many columns <see cref="Read"/> reads.</summary>
    public static int ReadCount => 1 + Content.Length + 1;

    /// <summary>All columns that <see cref="Bind"/> fills.</summary>
    public static IReadOnlyList<string> All { get; } = ["id", .. Content.Select(c => c.Name), Contract, ContractPrints, .. Derived];

    /// <summary>The columns that <see cref="Read"/> reads, of one table.</summary>
    public static string ToRead(string alias) => ToRead(alias, $"{alias}.{Contract}");

    /// <summary>The same of a staged runbook, whose contract may have come by itself.</summary>
    public static string ToRead(string stage, StagedContract contract) => ToRead(stage, contract.Value);

    /// <summary>All columns of a staged runbook, whose contract may have come by itself.</summary>
    public static string ToCopy(string stage, StagedContract contract) => string.Join(", ", All.Select(n => n switch
    {
        Contract => contract.Value,
        ContractPrints => contract.Fingerprints,
        _ => $"{stage}.{n}",
    }));

    /// <summary>All columns of a runbook in the library, for the stage; its contract only where the condition holds.</summary>
    public static string ToStage(string library, string withContract) => string.Join(", ", All.Select(n => n is Contract or ContractPrints
        ? $"CASE WHEN {withContract} THEN {library}.{n} END"
        : $"{library}.{n}"));

    /// <summary>The condition that a staged runbook and one in the library differ.</summary>
    public static string Differ(string stage, StagedContract contract, string library) =>
        $"({Row(stage, contract.Value)}) IS NOT ({Row(library, $"{library}.{Contract}")})";

    /// <summary>The fingerprint of everything but id and contract.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static long ContentFingerprint(Runbook runbook, BlobWriter scratch)
    {
        scratch.Clear();
        foreach (Column column in Content)
        {
            column.Write(scratch, runbook);
        }

        return Fingerprint.Of(scratch.Written);
    }

    /// <summary>Binds the columns of <see cref="All"/> from the first position on.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static void Bind(SqliteStatement statement, Runbook runbook, long fingerprint, StageBuffers buffers)
    {
        int index = 1;
        statement.Bind(index++, runbook.Id);
        foreach (Column column in Content)
        {
            column.Bind(statement, index++, runbook);
        }

        BindContract(statement, index, runbook.Parameters, buffers);
        index += 2;
        string folder = FolderPath.OfRunbook(runbook.Path, runbook.Name);
        statement.Bind(index++, NamePattern.Key(runbook.Name));
        statement.Bind(index++, NamePattern.Key(runbook.Path));
        statement.Bind(index++, folder);
        statement.Bind(index++, NamePattern.Key(folder));
        statement.Bind(index, fingerprint);
    }

    /// <summary>Binds a contract and its fingerprints one behind the other, or nothing of both.</summary>
    public static void BindContract(SqliteStatement statement, int index, IReadOnlyList<RunbookParameter>? parameters, StageBuffers buffers)
    {
        if (parameters is null)
        {
            statement.BindNull(index).BindNull(index + 1);
            return;
        }

        buffers.Value.Clear();
        ContractCodec.Write(buffers.Value, parameters);
        statement.BindBlob(index, buffers.Value.Written);
        buffers.Value.Clear();
        ContractFingerprint.Write(buffers.Value, parameters, buffers.Part);
        statement.BindBlob(index + 1, buffers.Value.Written);
    }

    /// <summary>Reads the columns of <see cref="ToRead(string)"/>.</summary>
    public static Runbook Read(SqliteStatement statement, int first)
    {
        Values values = new();
        for (int i = 0; i < Content.Length; i++)
        {
            Content[i].Read(statement, first + 1 + i, values);
        }

        int contract = first + 1 + Content.Length;

        return new Runbook
        {
            Id = statement.Id(first),
            Name = values.Name,
            Path = values.Path,
            FolderId = values.FolderId,
            Description = values.Description,
            IsMonitor = values.IsMonitor,
            CreatedBy = values.CreatedBy,
            CreationTime = values.CreationTime,
            LastModifiedBy = values.LastModifiedBy,
            LastModifiedTime = values.LastModifiedTime,
            CheckedOutBy = values.CheckedOutBy,
            CheckedOutTime = values.CheckedOutTime,
            Parameters = ReadContract(statement, contract),
        };
    }

    /// <summary>Reads a contract, where there is one.</summary>
    public static IReadOnlyList<RunbookParameter>? ReadContract(SqliteStatement statement, int index)
    {
        if (statement.IsNull(index))
        {
            return null;
        }

        BlobReader reader = new(statement.Blob(index), statement.Path);
        return ContractCodec.Read(ref reader);
    }

    private static string ToRead(string alias, string contract) => $"{alias}.id, {Row(alias, contract)}";

    private static string Row(string alias, string contract) => $"{string.Join(", ", Content.Select(c => $"{alias}.{c.Name}"))}, {contract}";

    private static long? Ticks(DateTime? time) => time is { } given ? SqliteStatement.UtcTicks(given) : null;

    private sealed record Column(
        string Name,
        Action<SqliteStatement, int, Runbook> Bind,
        Action<SqliteStatement, int, Values> Read,
        Action<BlobWriter, Runbook> Write);

    // A runbook cannot be filled step by step; this can.
    private sealed class Values
    {
        public string Name { get; set; } = string.Empty;

        public string Path { get; set; } = string.Empty;

        public Guid FolderId { get; set; }

        public string? Description { get; set; }

        public bool IsMonitor { get; set; }

        public string? CreatedBy { get; set; }

        public DateTime? CreationTime { get; set; }

        public string? LastModifiedBy { get; set; }

        public DateTime? LastModifiedTime { get; set; }

        public string? CheckedOutBy { get; set; }

        public DateTime? CheckedOutTime { get; set; }
    }
}
