using System;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero);

    internal DateTime Utc => _now.UtcDateTime;

    public override DateTimeOffset GetUtcNow()
    {
        return _now;
    }

    internal void Move(double seconds)
    {
        _now = _now.AddSeconds(seconds);
    }
}
