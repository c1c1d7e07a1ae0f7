using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>The files that a scheduler reads: they stand only where the scheduler took them.</summary>
internal static class ScheduleFiles
{
    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A file's text; <see langword="null"/> where there is none.</summary>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public static string? Read(string path) => Guarded(path, () => File.Exists(path) ? File.ReadAllText(path) : null);

    /// <summary>Takes a file away; one that is not there is no error.</summary>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public static void Delete(string path) => Guarded(path, () =>
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return true;
    });

    /// <summary>Writes files and has the scheduler take them; when it does not, they are as before.</summary>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public static async Task WriteAsync(IReadOnlyList<(string Path, string Text)> files, Func<Task> take)
    {
        (string Path, string? Text)[] before = [.. files.Select(f => (f.Path, Read(f.Path)))];
        try
        {
            foreach ((string path, string text) in files)
            {
                Write(path, text);
            }

            await take().ConfigureAwait(false);
        }
        catch
        {
            foreach ((string path, string? text) in before)
            {
                if (text is null)
                {
                    Delete(path);
                }
                else
                {
                    Write(path, text);
                }
            }

            throw;
        }
    }

    private static void Write(string path, string text) => Guarded(path, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, WithoutMark);
        return true;
    });

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IOException e)
        {
            throw Error.SchedulerFailed(path, e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Error.SchedulerFailed(path, e.Message, e);
        }
    }
}
