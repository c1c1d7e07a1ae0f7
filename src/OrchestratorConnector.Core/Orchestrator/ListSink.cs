using System.Collections.Generic;

namespace OrchestratorConnector.Orchestrator;

/// <summary>A sink that keeps everything: for the few folders and servers, not for runbooks.</summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class ListSink<T> : IEntitySink<T>
{
    public List<T> Items { get; } = [];

    public void Expect(long total)
    {
    }

    public void Reset() => Items.Clear();

    public void Add(IReadOnlyList<T> batch) => Items.AddRange(batch);
}
