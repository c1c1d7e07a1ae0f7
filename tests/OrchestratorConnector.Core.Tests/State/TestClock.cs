using System;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>A clock that goes when it is told to.</summary>
public sealed class TestClock
{
    public DateTime Now { get; private set; } = new(2026, 3, 1, 2, 0, 0, DateTimeKind.Utc);

    public DateTime Advance(TimeSpan time) => Now += time;
}
