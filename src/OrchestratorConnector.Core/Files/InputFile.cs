using System;
using System.IO;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Files;

/// <summary>A file that a command reads.</summary>
internal static class InputFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="read">Makes something of the content.</param>
    /// <exception cref="OrchestratorException">InputNotFound, InputNotReadable.</exception>
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        if (Directory.Exists(path))
        {
            throw Error.InputNotReadable(path, "it is a folder.", null);
        }

        if (!File.Exists(path))
        {
            throw Error.InputNotFound(path);
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return read(stream);
        }
        catch (IOException e)
        {
            throw Error.InputNotReadable(path, e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Error.InputNotReadable(path, e.Message, e);
        }
    }
}
