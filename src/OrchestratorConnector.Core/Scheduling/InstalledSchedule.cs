using System;

namespace OrchestratorConnector.Scheduling;

/// <summary>What a scheduler has for a store, as it was read back. Times are UTC.</summary>
internal sealed record InstalledSchedule
{
    /// <summary>The name under which the scheduler knows it.</summary>
    public required string Name { get; init; }

    /// <summary>The scheduler.</summary>
    public required SchedulerKind Scheduler { get; init; }

    /// <summary>What it runs, in the scheduler's own spelling.</summary>
    public required string Command { get; init; }

    /// <summary>Everything that is installed, as text.</summary>
    public required string Text { get; init; }

    /// <summary>The store; <see langword="null"/> where somebody changed the command so that it cannot be told.</summary>
    public string? StatePath { get; init; }

    /// <summary>The shell that is run.</summary>
    public string? Shell { get; init; }

    /// <summary>The manifest of the module that is imported.</summary>
    public string? Module { get; init; }

    /// <summary>The time between two runs.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The account it runs as, where it can be another than the one who looks.</summary>
    public string? RunAs { get; init; }

    /// <summary>Whether the scheduler runs it.</summary>
    public required bool Enabled { get; init; }

    /// <summary>When it runs next, where the scheduler tells.</summary>
    public DateTime? NextRunTime { get; init; }

    /// <summary>When it ran last, where the scheduler tells.</summary>
    public DateTime? LastRunTime { get; init; }

    /// <summary>The exit code of the last run, where the scheduler tells.</summary>
    public int? LastResult { get; init; }
}
