using System;
using System.Runtime.CompilerServices;
using System.Text;
using OrchestratorConnector.Compatibility;
using SQLitePCL;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// A prepared statement with its values by position. Beside ADO.NET because one synchronization binds half a million values,
/// which as parameter objects cost more than the database does.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteSession _session;
    private readonly sqlite3_stmt _statement;
    private readonly bool _kept;
    private byte[] _text = new byte[256];

    public SqliteStatement(SqliteSession session, sqlite3_stmt statement, bool kept)
    {
        _session = session;
        _statement = statement;
        _kept = kept;
    }

    /// <summary>Whether somebody works with it; a kept one is then not given out again.</summary>
    public bool InUse { get; set; }

    public string Path => _session.Path;

    public SqliteStatement BindNull(int index)
    {
        _session.Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    public SqliteStatement Bind(int index, long value)
    {
        _session.Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNull(index);

    public SqliteStatement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    public SqliteStatement Bind(int index, TimeSpan? value) => Bind(index, value?.Ticks);

    public SqliteStatement Bind(int index, DateTime? value) => value is { } time ? Bind(index, UtcTicks(time)) : BindNull(index);

    public SqliteStatement Bind(int index, Uri? value) => Bind(index, value?.OriginalString);

    [MethodImpl(Compile.AtOnce)]
    public SqliteStatement Bind(int index, string? value)
    {
        if (value is null)
        {
            return BindNull(index);
        }

        int most = value.Length * 3;
        if (_text.Length < most)
        {
            _text = new byte[Math.Max(most, _text.Length * 2)];
        }

        int length = Encoding.UTF8.GetBytes(value, 0, value.Length, _text, 0);
        return BindText(index, _text.AsSpan(0, length));
    }

    /// <summary>Binds a text that is UTF-8 already.</summary>
    public SqliteStatement BindText(int index, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, and a text without an address is NULL to SQLite.
        _session.Check(value.IsEmpty
            ? raw.sqlite3_bind_text(_statement, index, string.Empty)
            : raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, Guid? value) => value is { } id ? Bind(index, id) : BindNull(index);

    [MethodImpl(Compile.AtOnce)]
    public SqliteStatement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[GuidBytes.Length];
        GuidBytes.Write(value, bytes);
        _session.Check(raw.sqlite3_bind_blob(_statement, index, bytes));
        return this;
    }

    public SqliteStatement BindBlob(int index, byte[]? value) => value is null ? BindNull(index) : BindBlob(index, value.AsSpan());

    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        _session.Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    [MethodImpl(Compile.AtOnce)]
    public bool Step()
    {
        _session.ThrowIfCancelled();
        int code = raw.sqlite3_step(_statement);
        _session.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs it to its end and makes it ready for the next values.</summary>
    /// <returns>How many rows it changed.</returns>
    [MethodImpl(Compile.AtOnce)]
    public long Run()
    {
        while (Step())
        {
        }

        Reset();
        return _session.Changes;
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? OptionalNumber(int column) => IsNull(column) ? null : Number(column);

    public bool Flag(int column) => Number(column) != 0;

    public DateTime Time(int column) => UtcTime(Number(column), Path);

    public DateTime? OptionalTime(int column) => IsNull(column) ? null : Time(column);

    // As bytes: SQLite gives a text's own bytes then, with its length, so that a zero character does not end it.
    public string Text(int column) => Utf8.Read(raw.sqlite3_column_blob(_statement, column));

    public string? OptionalText(int column) => IsNull(column) ? null : Text(column);

    public Uri Url(int column) => Uri.TryCreate(Text(column), UriKind.Absolute, out Uri? url) ? url : throw Errors.Error.StoreDamaged(Path, null);

    public Uri? OptionalUrl(int column) => IsNull(column) ? null : Url(column);

    public Guid Id(int column)
    {
        ReadOnlySpan<byte> bytes = raw.sqlite3_column_blob(_statement, column);
        return bytes.Length == GuidBytes.Length ? GuidBytes.Read(bytes) : throw Errors.Error.StoreDamaged(Path, null);
    }

    public Guid? OptionalId(int column) => IsNull(column) ? null : Id(column);

    public byte[]? OptionalBytes(int column) => IsNull(column) ? null : Blob(column).ToArray();

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Gives it back: a kept one to its session, another to the database.</summary>
    public void Dispose()
    {
        if (!_kept)
        {
            _statement.Dispose();
            return;
        }

        Reset();
        raw.sqlite3_clear_bindings(_statement);
        InUse = false;
    }

    /// <summary>Gives a kept one to the database.</summary>
    public void Close() => _statement.Dispose();

    /// <summary>The time of which <see cref="UtcTicks"/> are stored.</summary>
    public static DateTime UtcTime(long ticks, string path) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
        ? new DateTime(ticks, DateTimeKind.Utc)
        : throw Errors.Error.StoreDamaged(path, null);

    /// <summary>A time as it is stored.</summary>
    public static long UtcTicks(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime().Ticks : time.Ticks;
}
