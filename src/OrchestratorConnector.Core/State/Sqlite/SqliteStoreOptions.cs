using System;
using System.Collections.Generic;
using System.Threading;
using OrchestratorConnector.Events;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>How a store waits, and what it takes the time and the processes from.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>How long to wait for other processes before the store counts as busy.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Ends every wait and every long query.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The time, in UTC.</summary>
    public Func<DateTime> UtcNow { get; init; } = () => DateTime.UtcNow;

    /// <summary>Whether the process that holds a lease may still be at work.</summary>
    public Func<LeaseHolder, bool> IsAlive { get; init; } = LeaseHolder.IsAlive;

    /// <summary>The process that leases are taken for.</summary>
    public LeaseHolder Holder { get; init; } = LeaseHolder.Current;

    /// <summary>This machine, as schedules are bound to it; <see langword="null"/> where nothing tells it from others.</summary>
    public string? Machine { get; init; } = MachineIdentity.Current;

    /// <summary>The machine's own log, which hears of every event; <see langword="null"/> for none.</summary>
    public ISystemLog? SystemLog { get; init; }

    /// <summary>Opens the file for reading alone, as SQLite does by itself where the rights give no more.</summary>
    internal bool ReadOnly { get; init; }

    /// <summary>The most pages that the file may have, as if the disk were no larger.</summary>
    internal long? MaxPageCount { get; init; }

    /// <summary>How many jobs are kept at the most.</summary>
    internal int KeptJobs { get; init; } = 10_000;

    /// <summary>How many events are kept at the most.</summary>
    internal int KeptEvents { get; init; } = 10_000;

    /// <summary>The steps that lead to the newest schema.</summary>
    internal IReadOnlyList<SqliteMigration> Migrations { get; init; } = SqliteSchema.Migrations;
}
