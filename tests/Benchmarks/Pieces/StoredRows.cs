using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The runbook table below the product: a connection with the settings that the store uses, prepared statements, and values
/// that stand ready as the bytes and numbers that the database wants.
/// </summary>
internal sealed class StoredRows : IDisposable
{
    private readonly SqliteConnection _connection;

    public StoredRows(string path)
    {
        Batteries_V2.Init();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Handle = _connection.Handle!;
        Execute("PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=FILE; PRAGMA cache_size=-8000");
    }

    public sqlite3 Handle { get; }

    public void Dispose() => _connection.Dispose();

    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    public sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement));
        return statement;
    }

    /// <summary>The columns of the table but its own key.</summary>
    public IReadOnlyList<string> Columns()
    {
        List<string> names = [];
        using sqlite3_stmt statement = Prepare("SELECT name FROM pragma_table_info('runbook') WHERE name <> 'key'");
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
        {
            names.Add(raw.sqlite3_column_text(statement, 0).utf8_to_string());
        }

        return names;
    }

    /// <summary>Goes through all rows and looks at each value where it lies.</summary>
    /// <param name="take">Gets every row that was read; <see langword="null"/> keeps nothing.</param>
    public int ReadAll(Action<object?[]>? take)
    {
        string[] columns = [.. Columns()];
        using sqlite3_stmt statement = Prepare($"SELECT {string.Join(", ", columns)} FROM runbook");
        int rows = 0;
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
        {
            rows++;
            object?[]? row = take is null ? null : new object?[columns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                switch (raw.sqlite3_column_type(statement, i))
                {
                    case raw.SQLITE_INTEGER:
                        long number = raw.sqlite3_column_int64(statement, i);
                        Set(row, i, number);
                        break;
                    case raw.SQLITE_TEXT:
                        ReadOnlySpan<byte> text = raw.sqlite3_column_blob(statement, i);
                        Set(row, i, row is null ? null : new TextBytes(text.ToArray()));
                        break;
                    case raw.SQLITE_BLOB:
                        ReadOnlySpan<byte> bytes = raw.sqlite3_column_blob(statement, i);
                        Set(row, i, row is null ? null : bytes.ToArray());
                        break;
                    default:
                        break;
                }
            }

            take?.Invoke(row!);
        }

        return rows;

        static void Set(object?[]? row, int index, object? value)
        {
            if (row is not null)
            {
                row[index] = value;
            }
        }
    }

    /// <summary>Inserts the rows with one prepared statement in one transaction.</summary>
    public void InsertAll(IReadOnlyList<object?[]> rows, IReadOnlyList<string> columns)
    {
        using sqlite3_stmt statement = Prepare(
            $"INSERT INTO runbook ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
        Execute("BEGIN IMMEDIATE");
        foreach (object?[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                Check(row[i] switch
                {
                    null => raw.sqlite3_bind_null(statement, i + 1),
                    long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                    TextBytes { Bytes.Length: 0 } => raw.sqlite3_bind_text(statement, i + 1, string.Empty),
                    TextBytes text => raw.sqlite3_bind_text(statement, i + 1, text.Bytes.AsSpan()),
                    byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes.AsSpan()),
                    _ => throw new InvalidOperationException("A value of no kind that the table has."),
                });
            }

            Check(raw.sqlite3_step(statement));
            raw.sqlite3_reset(statement);
        }

        Execute("COMMIT");
    }

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(Handle).utf8_to_string());
        }
    }

    private sealed record TextBytes(byte[] Bytes);
}
