using System;

namespace FakeOrchestrator;

/// <summary>One thing that the source holds. What is in a <see cref="SourceModel"/> is frozen: it changes through the model alone.</summary>
public abstract class SourceEntity
{
    private bool _frozen;

    private protected SourceEntity(Guid id)
    {
        Id = id;
    }

    /// <summary>The key.</summary>
    public Guid Id { get; }

    internal void Freeze()
    {
        _frozen = true;
    }

    /// <summary>Lets a value through to a property of an entity that is still being edited.</summary>
    private protected T Open<T>(T value)
    {
        return _frozen
            ? throw new InvalidOperationException("What is in the model is changed through the model (SourceModel.Edit and its neighbours).")
            : value;
    }
}
