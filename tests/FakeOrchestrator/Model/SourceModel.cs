using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>
/// What the servers hold: folders, runbooks with their parameters, runbook servers. Safe for many threads; every change
/// raises <see cref="Version"/>, by which a server knows that its rendered pages are out of date.
/// </summary>
public sealed partial class SourceModel
{
    /// <summary>The path of the root folder inside the model.</summary>
    public const string RootPath = "\\";

    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly OrderedDictionary<Guid, SourceFolder> _folders = [];
    private readonly OrderedDictionary<Guid, SourceRunbook> _runbooks = [];
    private readonly OrderedDictionary<Guid, SourceServer> _servers = [];
    private readonly Dictionary<string, Guid> _folderIds = new(StringComparer.OrdinalIgnoreCase);
    private DateTime _now = new(2025, 1, 15, 8, 0, 0, DateTimeKind.Utc);
    private SourceContents? _contents;
    private long _version = 1;

    /// <summary>An empty source: the root folder alone.</summary>
    public SourceModel(int seed = 1)
    {
        _random = new Random(seed);
        AddRoot();
    }

    /// <summary>Raised by every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Whether a change of a runbook or of its parameters moves its LastModifiedTime, as a check-in would (not in the facts).</summary>
    public bool TouchOnChange { get; set; } = true;

    /// <summary>All folders, the root first, in the order of creation.</summary>
    public IReadOnlyList<SourceFolder> Folders => Read().Folders;

    /// <summary>All runbooks in the order of creation (not in the order in which the server lists them).</summary>
    public IReadOnlyList<SourceRunbook> Runbooks => Read().Runbooks;

    /// <summary>All runbook servers.</summary>
    public IReadOnlyList<SourceServer> Servers => Read().Servers;

    /// <summary>A source with so many runbooks, the same for the same arguments.</summary>
    public static SourceModel Generate(int runbooks, int parametersPerRunbook = 4, int seed = 1, int? folders = null, int servers = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(runbooks);
        ArgumentOutOfRangeException.ThrowIfNegative(parametersPerRunbook);
        ArgumentOutOfRangeException.ThrowIfNegative(servers);
        ArgumentOutOfRangeException.ThrowIfNegative(folders ?? 0);
        var model = new SourceModel(seed);
        new SourceGenerator(model, model._random).Fill(runbooks, parametersPerRunbook, folders ?? Math.Clamp(runbooks / 20, 4, 2000), servers);
        return model;
    }

    /// <summary>Finds a folder by its path, without regard to case.</summary>
    public SourceFolder? FindFolder(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_gate)
        {
            return _folderIds.TryGetValue(Clean(path), out Guid id) ? _folders[id] : null;
        }
    }

    /// <summary>Finds a runbook by its id.</summary>
    public SourceRunbook? FindRunbook(Guid id)
    {
        lock (_gate)
        {
            return _runbooks.GetValueOrDefault(id);
        }
    }

    /// <summary>Adds a folder and those above it, or returns the one that is there.</summary>
    public SourceFolder AddFolder(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_gate)
        {
            return _folders[EnsureFolder(Clean(path))];
        }
    }

    /// <summary>Renames a folder; the paths below it follow.</summary>
    public void RenameFolder(string path, string newName)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentException.ThrowIfNullOrEmpty(newName);
        lock (_gate)
        {
            Guid id = KnownFolder(path);
            SourceFolder copy = _folders[id].Copy();
            copy.Name = newName;
            copy.LastModifiedTime = Tick();
            Store(copy);
            Repath(copy.Path, Join(_folders[copy.ParentId!.Value].Path, newName));
            Changed();
        }
    }

    /// <summary>Removes a folder with all that lies below it.</summary>
    public void RemoveFolder(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_gate)
        {
            string root = _folders[KnownFolder(path)].Path;
            var gone = _folders.Values.Where(folder => IsAtOrBelow(folder.Path, root)).ToList();
            var ids = gone.Select(folder => folder.Id).ToHashSet();
            foreach (SourceFolder folder in gone)
            {
                _ = _folders.Remove(folder.Id);
                _ = _folderIds.Remove(folder.Path);
            }

            DropRunbooks(runbook => ids.Contains(runbook.FolderId));
            Changed();
        }
    }

    /// <summary>Adds a runbook server.</summary>
    public SourceServer AddServer(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_gate)
        {
            var server = new SourceServer(NewId()) { Name = name };
            server.Freeze();
            _servers.Add(server.Id, server);
            Changed();
            return server;
        }
    }

    /// <summary>Empties the source: the root folder alone stays.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _folders.Clear();
            _folderIds.Clear();
            _runbooks.Clear();
            _servers.Clear();
            AddRoot();
            Changed();
        }
    }

    /// <summary>A consistent copy of all, made once per version.</summary>
    internal SourceContents Read()
    {
        lock (_gate)
        {
            return _contents ??= new SourceContents(_version, [.. _folders.Values], [.. _runbooks.Values], [.. _servers.Values]);
        }
    }

    private static string Clean(string path)
    {
        return RootPath + path.Replace('/', '\\').Trim('\\');
    }

    private static string Join(string folderPath, string name)
    {
        return folderPath == RootPath ? RootPath + name : folderPath + "\\" + name;
    }

    private static bool IsAtOrBelow(string path, string root)
    {
        return path.StartsWith(root, StringComparison.OrdinalIgnoreCase) && (path.Length == root.Length || path[root.Length] == '\\');
    }

    private void AddRoot()
    {
        DateTime born = new(2020, 3, 2, 9, 14, 7, 330, DateTimeKind.Utc);
        Store(new SourceFolder(Guid.Empty) { CreatedBy = "S-1-5-500", LastModifiedBy = "S-1-5-500", CreationTime = born, LastModifiedTime = born });
    }

    private void Store(SourceFolder folder)
    {
        folder.Freeze();
        _folders[folder.Id] = folder;
        _folderIds[folder.Path] = folder.Id;
    }

    private Guid KnownFolder(string path)
    {
        return _folderIds.TryGetValue(Clean(path), out Guid id) && id != Guid.Empty
            ? id
            : throw new KeyNotFoundException($"The source has no folder '{path}' that can be changed.");
    }

    private Guid EnsureFolder(string path)
    {
        if (_folderIds.TryGetValue(path, out Guid known))
        {
            return known;
        }

        int cut = path.LastIndexOf('\\');
        Guid parent = EnsureFolder(cut <= 0 ? RootPath : path[..cut]);
        DateTime born = Tick();
        var folder = new SourceFolder(NewId())
        {
            ParentId = parent,
            Name = path[(cut + 1)..],
            Path = path,
            CreatedBy = "S-1-5-500",
            LastModifiedBy = "S-1-5-500",
            CreationTime = born,
            LastModifiedTime = born,
        };
        Store(folder);
        Changed();
        return folder.Id;
    }

    private void Repath(string oldRoot, string newRoot)
    {
        foreach (SourceFolder folder in _folders.Values.Where(folder => IsAtOrBelow(folder.Path, oldRoot)).ToList())
        {
            SourceFolder copy = folder.Copy();
            copy.Path = newRoot + folder.Path[oldRoot.Length..];
            _ = _folderIds.Remove(folder.Path);
            Store(copy);
        }

        foreach (SourceRunbook runbook in _runbooks.Values.Where(runbook => IsAtOrBelow(runbook.Path, oldRoot)).ToList())
        {
            SourceRunbook copy = runbook.Copy();
            copy.Path = newRoot + runbook.Path[oldRoot.Length..];
            copy.Freeze();
            _runbooks[copy.Id] = copy;
        }
    }

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>The source's own clock: it moves with the changes, so that a seed gives the same times on every machine.</summary>
    private DateTime Tick()
    {
        return _now = _now.AddMilliseconds(61_010);
    }

    private void Changed()
    {
        _contents = null;
        _ = Interlocked.Increment(ref _version);
    }
}
