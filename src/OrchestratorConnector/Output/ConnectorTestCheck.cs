using System;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Output;

/// <summary>One step of a connection test.</summary>
public sealed class ConnectorTestCheck : IDurationText, IDetailText
{
    private readonly ConnectionCheck _check;

    internal ConnectorTestCheck(ConnectionCheck check)
    {
        Name = check.Name;
        _check = check;
        Duration = check.Duration;
        Detail = check.Detail;
        Hint = check.Hint;
    }

    /// <summary>What was tried.</summary>
    public string Name { get; }

    /// <summary>How it went.</summary>
    public CheckOutcome Outcome => _check.Outcome;

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>What was found, or what is wrong.</summary>
    public string Detail { get; }

    /// <summary>What to do when it failed.</summary>
    public string? Hint { get; }

    string IDurationText.DurationText => Display.Duration(Duration);

    string IDetailText.DetailText => Hint is null ? Detail : Detail + " " + Hint;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Outcome}, {Detail}";
}
