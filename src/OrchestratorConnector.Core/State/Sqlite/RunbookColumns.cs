using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// What of a runbook stands in which column, and in the bytes of a stage, by which two runbooks are compared. The names, and
/// each of the methods that write, bind and read the content, list the same columns in the same order.
/// </summary>
internal static class RunbookColumns
{
    // Name and path come first: a list of changes needs no more.
    private static readonly string[] Content =
    [
        "name", "path", "folder_id", "description", "is_monitor", "created_by", "creation_time", "last_modified_by",
        "last_modified_time", "checked_out_by", "checked_out_time",
    ];

    // What follows from the content: kept for the indexes and the next synchronization, and not compared. Found out when a runbook
    // comes, while the server is waited for anyway; not when the library is written, which others wait for.
    private static readonly string[] Derived = ["name_key", "path_key", "folder", "folder_key", "fingerprint"];

    /// <summary>How many columns <see cref="Read(SqliteStatement, int)"/> reads.</summary>
    public static int ReadCount => 1 + Content.Length + 1;

    /// <summary>All columns that <see cref="Bind"/> fills.</summary>
    public static IReadOnlyList<string> All { get; } = ["id", .. Content, "contract", "contract_fingerprint", .. Derived];

    /// <summary>The columns that <see cref="Read(SqliteStatement, int)"/> reads, of one table.</summary>
    public static string ToRead(string alias) => $"{alias}.id, {string.Join(", ", Content.Select(c => $"{alias}.{c}"))}, {alias}.contract";

    /// <summary>Writes everything but id and contract.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static void WriteContent(BlobWriter target, Runbook runbook)
    {
        target.Text(runbook.Name);
        target.Text(runbook.Path);
        target.Id(runbook.FolderId);
        target.OptionalText(runbook.Description);
        target.Flag(runbook.IsMonitor);
        target.OptionalText(runbook.CreatedBy);
        target.OptionalTime(runbook.CreationTime);
        target.OptionalText(runbook.LastModifiedBy);
        target.OptionalTime(runbook.LastModifiedTime);
        target.OptionalText(runbook.CheckedOutBy);
        target.OptionalTime(runbook.CheckedOutTime);
    }

    /// <summary>Writes what follows from the content.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static void WriteDerived(BlobWriter target, Runbook runbook, long fingerprint)
    {
        string folder = FolderPath.OfRunbook(runbook.Path, runbook.Name);
        target.Text(NamePattern.Key(runbook.Name));
        target.Text(NamePattern.Key(runbook.Path));
        target.Text(folder);
        target.Text(NamePattern.Key(folder));
        target.Long(fingerprint);
    }

    /// <summary>Binds the columns of <see cref="All"/> from the first position on.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static void Bind(SqliteStatement statement, Guid id, RunbookBytes runbook)
    {
        int index = 1;
        statement.Bind(index++, id);
        BlobReader content = new(runbook.Content, statement.Path);
        statement.BindText(index++, content.Blob());
        statement.BindText(index++, content.Blob());
        statement.Bind(index++, content.Id());
        BindOptional(statement, index++, ref content);
        statement.Bind(index++, content.Flag());
        BindOptional(statement, index++, ref content);
        statement.Bind(index++, content.OptionalTime());
        BindOptional(statement, index++, ref content);
        statement.Bind(index++, content.OptionalTime());
        BindOptional(statement, index++, ref content);
        statement.Bind(index++, content.OptionalTime());
        statement.BindBlob(index++, runbook.Contract);
        statement.BindBlob(index++, runbook.ContractFingerprints);
        BlobReader derived = new(runbook.Derived, statement.Path);
        statement.BindText(index++, derived.Blob());
        statement.BindText(index++, derived.Blob());
        statement.BindText(index++, derived.Blob());
        statement.BindText(index++, derived.Blob());
        statement.Bind(index, derived.Long());
    }

    /// <summary>Binds name and path, one behind the other.</summary>
    public static void BindNames(SqliteStatement statement, int first, RunbookBytes runbook)
    {
        BlobReader content = new(runbook.Content, statement.Path);
        statement.BindText(first, content.Blob());
        statement.BindText(first + 1, content.Blob());
    }

    /// <summary>Reads what a stage holds.</summary>
    public static Runbook Read(Guid id, RunbookBytes runbook, string path)
    {
        BlobReader content = new(runbook.Content, path);
        BlobReader contract = new(runbook.Contract, path);
        return new Runbook
        {
            Id = id,
            Name = content.Text(),
            Path = content.Text(),
            FolderId = content.Id(),
            Description = content.OptionalText(),
            IsMonitor = content.Flag(),
            CreatedBy = content.OptionalText(),
            CreationTime = content.OptionalTime(),
            LastModifiedBy = content.OptionalText(),
            LastModifiedTime = content.OptionalTime(),
            CheckedOutBy = content.OptionalText(),
            CheckedOutTime = content.OptionalTime(),
            Parameters = ContractCodec.Read(ref contract),
        };
    }

    /// <summary>Reads the columns of <see cref="ToRead"/>.</summary>
    public static Runbook Read(SqliteStatement statement, int first) => new()
    {
        Id = statement.Id(first++),
        Name = statement.Text(first++),
        Path = statement.Text(first++),
        FolderId = statement.Id(first++),
        Description = statement.OptionalText(first++),
        IsMonitor = statement.Flag(first++),
        CreatedBy = statement.OptionalText(first++),
        CreationTime = statement.OptionalTime(first++),
        LastModifiedBy = statement.OptionalText(first++),
        LastModifiedTime = statement.OptionalTime(first++),
        CheckedOutBy = statement.OptionalText(first++),
        CheckedOutTime = statement.OptionalTime(first++),
        Parameters = ReadContract(statement, first),
    };

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

    [MethodImpl(Compile.AtOnce)]
    private static void BindOptional(SqliteStatement statement, int index, ref BlobReader content)
    {
        if (content.OptionalBlob(out ReadOnlySpan<byte> text))
        {
            statement.BindText(index, text);
        }
        else
        {
            statement.BindNull(index);
        }
    }
}
