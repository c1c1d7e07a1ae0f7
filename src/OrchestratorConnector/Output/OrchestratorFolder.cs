using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>A folder of a server.</summary>
public sealed class OrchestratorFolder
{
    internal OrchestratorFolder(Folder folder, string? connector)
    {
        Path = folder.Path!;
        Name = folder.Name;
        Id = folder.Id;
        ParentId = folder.ParentId;
        Connector = connector;
    }

    /// <summary>The path: what <c>-Folder</c> takes.</summary>
    public string Path { get; }

    /// <summary>The name; empty for the root.</summary>
    public string Name { get; }

    /// <summary>The server's id.</summary>
    public Guid Id { get; }

    /// <summary>The folder above.</summary>
    public Guid? ParentId { get; }

    /// <summary>The connector that was asked.</summary>
    public string? Connector { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
