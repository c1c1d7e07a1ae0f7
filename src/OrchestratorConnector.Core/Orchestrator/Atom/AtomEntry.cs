using System.Collections.Generic;

namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>One entry, used again for the next.</summary>
internal sealed class AtomEntry
{
    private AtomEntry? _nested;

    /// <summary>The properties.</summary>
    public EntityReader Properties { get; } = new();

    /// <summary>The navigation properties that are written into the entry.</summary>
    public HashSet<string> Expanded { get; } = [];

    /// <summary>Those of them that go on at another address, because the server pages expanded feeds too.</summary>
    public HashSet<string> Incomplete { get; } = [];

    /// <summary>The place for the entries inside, one after the other.</summary>
    public AtomEntry Nested => _nested ??= new AtomEntry();

    public void Clear()
    {
        Properties.Clear();
        Expanded.Clear();
        Incomplete.Clear();
    }
}
