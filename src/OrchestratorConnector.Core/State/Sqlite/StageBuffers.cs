namespace OrchestratorConnector.State.Sqlite;

/// <summary>Buffers that the stage uses again and again.</summary>
internal sealed class StageBuffers
{
    /// <summary>For a value as it is stored.</summary>
    public BlobWriter Value { get; } = new();

    /// <summary>For what the value is made of.</summary>
    public BlobWriter Part { get; } = new();
}
