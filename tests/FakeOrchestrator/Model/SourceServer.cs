using System;

namespace FakeOrchestrator;

/// <summary>A runbook server.</summary>
public sealed class SourceServer : SourceEntity
{
    internal SourceServer(Guid id)
        : base(id)
    {
    }

    /// <summary>The name.</summary>
    public string Name { get; internal set => field = Open(value); } = "";
}
