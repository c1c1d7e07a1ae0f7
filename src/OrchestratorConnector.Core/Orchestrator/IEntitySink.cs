using System.Collections.Generic;

namespace OrchestratorConnector.Orchestrator;

/// <summary>Where a client puts what it reads. Called by one thread at a time, though not always the same.</summary>
/// <typeparam name="T">What is read.</typeparam>
public interface IEntitySink<in T>
{
    /// <summary>Tells how many will come in all, as soon as the server has said so.</summary>
    void Expect(long total);

    /// <summary>Everything given so far is void: the reading starts again.</summary>
    void Reset();

    /// <summary>Takes the next ones. The list is used again by the caller afterwards.</summary>
    void Add(IReadOnlyList<T> batch);
}
