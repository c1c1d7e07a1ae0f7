using System;
using System.IO;
using System.Threading;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Files;

/// <summary>A file that a command writes: whole, or not at all.</summary>
/// <param name="path">The full path.</param>
/// <param name="mayReplace">Whether a file that is there may be replaced.</param>
/// <param name="mayReplaceReadOnly">Whether also one that is read-only.</param>
internal sealed class OutputFile(string path, bool mayReplace, bool mayReplaceReadOnly)
{
    /// <summary>The full path.</summary>
    public string Path => path;

    /// <summary>Refuses, before any work is done, what could not be written in the end.</summary>
    /// <exception cref="OrchestratorException">OutputNotWritable, OutputFolderMissing, OutputExists, OutputReadOnly.</exception>
    public void Check()
    {
        if (Directory.Exists(path))
        {
            throw Error.OutputNotWritable(path, "it is a folder.", null);
        }

        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw Error.OutputFolderMissing(folder, System.IO.Path.GetFileName(path));
        }

        if (!File.Exists(path))
        {
            return;
        }

        if (!mayReplace)
        {
            throw Error.OutputExists(path);
        }

        if (!mayReplaceReadOnly && IsReadOnly(File.GetAttributes(path)))
        {
            throw Error.OutputReadOnly(path);
        }
    }

    /// <summary>
    /// Writes the file beside its place and moves it there when it is complete: whatever happens before leaves what was there.
    /// </summary>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Ends it before the move.</param>
    /// <exception cref="OrchestratorException">OutputNotWritable, OutputFolderMissing, OutputExists, OutputReadOnly.</exception>
    public void Write(Action<Stream> write, CancellationToken cancellationToken)
    {
        Check();
        string unfinished = $"{path}.{System.IO.Path.GetRandomFileName()}";
        try
        {
            using (FileStream stream = new(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Publish(unfinished);
        }
        catch (IOException) when (!mayReplace && File.Exists(path))
        {
            throw Error.OutputExists(path);
        }
        catch (IOException e)
        {
            throw Error.OutputNotWritable(path, e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Error.OutputNotWritable(path, e.Message, e);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    private void Publish(string unfinished)
    {
        if (!mayReplace || !File.Exists(path))
        {
            File.Move(unfinished, path);
            return;
        }

        FileAttributes attributes = File.GetAttributes(path);
#if !NETSTANDARD2_0
        if (!OperatingSystem.IsWindows())
        {
            // Who could not read the file before cannot read it now.
            File.SetUnixFileMode(unfinished, File.GetUnixFileMode(path));
            File.Replace(unfinished, path, null);
            return;
        }
#endif
        if (!IsReadOnly(attributes))
        {
            File.Replace(unfinished, path, null);
            return;
        }

        File.SetAttributes(path, attributes & ~FileAttributes.ReadOnly);
        try
        {
            File.Replace(unfinished, path, null);
        }
        finally
        {
            File.SetAttributes(path, attributes);
        }
    }

    private static bool IsReadOnly(FileAttributes attributes) => (attributes & FileAttributes.ReadOnly) != 0;
}
