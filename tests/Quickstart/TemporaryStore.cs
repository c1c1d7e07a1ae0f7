using System;
using System.IO;

namespace Quickstart;

/// <summary>The store of one run: the one that was named, or one that is gone at the end.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly string? _folder;

    internal TemporaryStore(string? named)
    {
        _folder = named is null ? Directory.CreateTempSubdirectory("quickstart-").FullName : null;
        Path = named ?? System.IO.Path.Combine(_folder!, "state.db");
    }

    internal string Path { get; }

    internal bool IsKept => _folder is null;

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
