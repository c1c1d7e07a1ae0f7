using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Library;

/// <summary>The folders of a server with their paths, which a server may or may not tell.</summary>
internal sealed class FolderTree
{
    private readonly Dictionary<Guid, Folder> _byId = [];
    private readonly Dictionary<Guid, string> _paths = [];

    public FolderTree(IEnumerable<Folder> folders)
    {
        foreach (Folder folder in folders)
        {
            _byId[folder.Id] = folder;
        }
    }

    /// <summary>All folders by path, the root first whether the server tells of it or not.</summary>
    public IReadOnlyList<Folder> ToList()
    {
        List<Folder> folders = _byId.Values
            .Select(f => new Folder { Id = f.Id, ParentId = f.ParentId, Name = f.Name, Path = PathOf(f) })
            .OrderBy(f => f.Path, StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (!folders.Exists(f => f.Path == FolderPath.Root))
        {
            folders.Insert(0, new Folder { Id = Guid.Empty, Name = string.Empty, Path = FolderPath.Root });
        }

        return folders;
    }

    /// <summary>Makes sure that a folder exists.</summary>
    /// <exception cref="OrchestratorException">FolderNotFound, with the nearest names.</exception>
    public void Require(string path, Uri serviceUrl)
    {
        IReadOnlyList<Folder> folders = ToList();
        if (!folders.Any(f => string.Equals(f.Path, path, StringComparison.OrdinalIgnoreCase)))
        {
            throw Error.FolderNotFound(path, serviceUrl, folders.Select(f => f.Path!));
        }
    }

    private string PathOf(Folder folder)
    {
        if (_paths.TryGetValue(folder.Id, out string? known))
        {
            return known;
        }

        // Against a tree that bites its own tail.
        _paths[folder.Id] = FolderPath.Root;
        string path = folder switch
        {
            { Path: { } told } => told,
            { Name.Length: 0 } => FolderPath.Root,
            { ParentId: { } parent } when parent != folder.Id && _byId.TryGetValue(parent, out Folder? above) => Join(PathOf(above), folder.Name),
            _ => Join(FolderPath.Root, folder.Name),
        };
        _paths[folder.Id] = path;
        return path;
    }

    private static string Join(string folder, string name) => folder == FolderPath.Root ? FolderPath.Root + name : folder + "\\" + name;
}
