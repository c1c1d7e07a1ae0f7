using System;
using System.Collections.Generic;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State;

/// <summary>Which events are wanted. An empty list asks nothing; several values of one list are alternatives.</summary>
public sealed class EventQuery
{
    /// <summary>By the connector's name: the one that it has now, or had when it happened.</summary>
    public IReadOnlyList<NamePattern> Connectors { get; init; } = [];

    /// <summary>By level.</summary>
    public IReadOnlyList<EventLevel> Levels { get; init; } = [];

    /// <summary>By what happened.</summary>
    public IReadOnlyList<EventKind> Kinds { get; init; } = [];

    /// <summary>At this moment or later, in UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Only those behind the event of this key.</summary>
    public long After { get; init; }

    /// <summary>At most so many, the newest; <see langword="null"/> for all.</summary>
    public int? Last { get; init; }
}
