using System;

namespace OrchestratorConnector.Model;

/// <summary>A folder of the server. The root has an all-zero id, an empty name and the path <c>\</c>.</summary>
public sealed class Folder
{
    /// <summary>The server's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The key of the folder above, or <see langword="null"/>.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The name; empty for the root.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The folder names from the root, each after a backslash. The Web API was not seen to send one: it is then
    /// <see langword="null"/> until the tree of all folders gives it.
    /// </summary>
    public string? Path { get; init; }
}
