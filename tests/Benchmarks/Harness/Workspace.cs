using System;
using System.IO;
using System.Threading;

namespace OrchestratorConnector.Benchmarks;

/// <summary>A folder for the stores and lists of one run, gone at its end.</summary>
internal sealed class Workspace : IDisposable
{
    private int _files;

    public Workspace() => Folder = Directory.CreateTempSubdirectory("benchmark-").FullName;

    public string Folder { get; }

    /// <summary>A path that nothing stands at yet.</summary>
    public string NewPath(string extension) => Path.Combine(Folder, $"{Interlocked.Increment(ref _files)}.{extension}");

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed may still let go of a file; the system empties its temporary folder itself.
        }
    }
}
