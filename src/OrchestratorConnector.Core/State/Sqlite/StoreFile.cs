using System;
using System.IO;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>The file before SQLite sees it: there, and its owner's alone.</summary>
internal static class StoreFile
{
    /// <summary>Makes the file and its folder where they are not there yet.</summary>
    /// <exception cref="OrchestratorException">StoreReadOnly, StoreUnavailable.</exception>
    public static void Prepare(string path)
    {
        if (Directory.Exists(path))
        {
            throw Error.StoreUnavailable(path, "It is a folder.", null);
        }

        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw Error.StoreReadOnly(path, e);
        }
        catch (IOException e)
        {
            throw Error.StoreUnavailable(path, e.Message, e);
        }
    }

    /// <summary>Whether nothing waits beside the file to be written into it, which means that nobody is writing.</summary>
    public static bool HasNoLog(string path)
    {
        FileInfo log = new(path + "-wal");
        return !log.Exists || log.Length == 0;
    }

    /// <summary>Takes rights that are too wide from a store that was found; not before it is known to be one.</summary>
    public static void Tighten(string path)
    {
        foreach (string file in new[] { path, path + "-wal", path + "-shm" })
        {
            try
            {
                OwnerOnly.Tighten(file);
            }
            catch (FileNotFoundException)
            {
                // Nothing lies beside the store just now.
            }
            catch (UnauthorizedAccessException)
            {
                // It belongs to somebody else, who gave the rights that there are.
            }
        }
    }

    // Made and closed under another name: to close a file takes this process's locks off it, also those that SQLite took for
    // another thread which saw the file in the meantime.
    private static void Create(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            OwnerOnly.CreateFolder(folder);
        }

        string unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            OwnerOnly.CreateFile(unfinished).Dispose();
            OwnerOnly.Publish(unfinished, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
