using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// What of a runbook stands in which column: one list that serves the stage, the insertion, the comparison and the reading, so
/// that no column can be forgotten in one of them.
/// </summary>
internal static class RunbookColumns
{
    private static readonly Column[] Content =
    [
        new("name", (s, i, r, _) => s.Bind(i, r.Name), (s, i, v) => v.Name = s.Text(i)),
        new("path", (s, i, r, _) => s.Bind(i, r.Path), (s, i, v) => v.Path = s.Text(i)),
        new("folder_id", (s, i, r, _) => s.Bind(i, r.FolderId), (s, i, v) => v.FolderId = s.Id(i)),
        new("description", (s, i, r, _) => s.Bind(i, r.Description), (s, i, v) => v.Description = s.OptionalText(i)),
        new("is_monitor", (s, i, r, _) => s.Bind(i, r.IsMonitor), (s, i, v) => v.IsMonitor = s.Flag(i)),
        new("created_by", (s, i, r, _) => s.Bind(i, r.CreatedBy), (s, i, v) => v.CreatedBy = s.OptionalText(i)),
        new("creation_time", (s, i, r, _) => s.Bind(i, r.CreationTime), (s, i, v) => v.CreationTime = s.OptionalTime(i)),
        new("last_modified_by", (s, i, r, _) => s.Bind(i, r.LastModifiedBy), (s, i, v) => v.LastModifiedBy = s.OptionalText(i)),
        new("last_modified_time", (s, i, r, _) => s.Bind(i, r.LastModifiedTime), (s, i, v) => v.LastModifiedTime = s.OptionalTime(i)),
        new("checked_out_by", (s, i, r, _) => s.Bind(i, r.CheckedOutBy), (s, i, v) => v.CheckedOutBy = s.OptionalText(i)),
        new("checked_out_time", (s, i, r, _) => s.Bind(i, r.CheckedOutTime), (s, i, v) => v.CheckedOutTime = s.OptionalTime(i)),
        new("contract", BindContract, ReadContract),
    ];

    // What follows from the content: kept for the indexes, and not compared.
    private static readonly string[] Derived = ["name_key", "path_key", "folder", "folder_key"];

    /// <summary>How many columns <see cref="Read"/> reads.</summary>
    public static int ReadCount => 1 + Content.Length;

    /// <summary>How many values <see cref="Bind"/> binds.</summary>
    public static int BindCount => ReadCount + Derived.Length;

    /// <summary>All columns that <see cref="Bind"/> fills.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names("id"), .. Derived];

    /// <summary>The columns that <see cref="Read"/> reads, of one table.</summary>
    public static string ToRead(string alias) => string.Join(", ", Names("id").Select(n => $"{alias}.{n}"));

    /// <summary>All columns that <see cref="Bind"/> fills, of one table.</summary>
    public static string ToCopy(string alias) => string.Join(", ", All.Select(n => $"{alias}.{n}"));

    /// <summary>The condition that the contents of two tables differ.</summary>
    public static string Differ(string one, string other) =>
        $"({string.Join(", ", Content.Select(c => $"{one}.{c.Name}"))}) IS NOT ({string.Join(", ", Content.Select(c => $"{other}.{c.Name}"))})";

    /// <summary>Binds the columns of <see cref="All"/> from the first position on.</summary>
    public static void Bind(SqliteStatement statement, Runbook runbook, BlobWriter scratch)
    {
        int index = 1;
        statement.Bind(index++, runbook.Id);
        foreach (Column column in Content)
        {
            column.Bind(statement, index++, runbook, scratch);
        }

        string pathKey = NamePattern.Key(runbook.Path);
        string folder = FolderPath.OfRunbook(runbook.Path, runbook.Name);
        statement.Bind(index++, NamePattern.Key(runbook.Name));
        statement.Bind(index++, pathKey);
        statement.Bind(index++, folder);
        statement.Bind(index, NamePattern.Key(folder));
    }

    /// <summary>Reads the columns of <see cref="ToRead"/>.</summary>
    public static Runbook Read(SqliteStatement statement, int first)
    {
        Values values = new();
        for (int i = 0; i < Content.Length; i++)
        {
            Content[i].Read(statement, first + 1 + i, values);
        }

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
            Parameters = values.Parameters,
        };
    }

    private static IEnumerable<string> Names(string first) => new[] { first }.Concat(Content.Select(c => c.Name));

    private static void BindContract(SqliteStatement statement, int index, Runbook runbook, BlobWriter scratch)
    {
        if (runbook.Parameters is not { } parameters)
        {
            statement.BindNull(index);
            return;
        }

        scratch.Clear();
        ContractCodec.Write(scratch, parameters);
        statement.BindBlob(index, scratch.Written);
    }

    private static void ReadContract(SqliteStatement statement, int index, Values values)
    {
        if (!statement.IsNull(index))
        {
            BlobReader reader = new(statement.Blob(index), statement.Path);
            values.Parameters = ContractCodec.Read(ref reader);
        }
    }

    private sealed record Column(
        string Name,
        Action<SqliteStatement, int, Runbook, BlobWriter> Bind,
        Action<SqliteStatement, int, Values> Read);

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

        public IReadOnlyList<RunbookParameter>? Parameters { get; set; }
    }
}
