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
            if (File.Exists(path) || !TryCreate(path))
            {
                Tighten(path);
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

    /// <returns>Whether it was made; another process may have been faster.</returns>
    private static bool TryCreate(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            OwnerOnly.CreateFolder(folder);
        }

        try
        {
            OwnerOnly.CreateFile(path).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void Tighten(string path)
    {
        try
        {
            OwnerOnly.Tighten(path);
        }
        catch (UnauthorizedAccessException)
        {
            // It belongs to somebody else, who gave the rights that there are; whether they suffice, the opening tells.
        }
    }
}
