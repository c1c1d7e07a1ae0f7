using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>Runs programs as processes.</summary>
/// <param name="patience">The longest that one may take.</param>
internal sealed class ProcessRunner(TimeSpan patience) : ICommandRunner
{
    private const int FileNotFound = 2;

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed: it could not be started, or took too long.</exception>
    public async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, byte[]? input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using Process process = new() { StartInfo = StartInfo(program, arguments), EnableRaisingEvents = true };
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        try
        {
            process.Start();
        }
        catch (Win32Exception e) when (e.NativeErrorCode == FileNotFound)
        {
            return CommandResult.Missing;
        }
        catch (Win32Exception e)
        {
            throw Error.SchedulerFailed(Shown(program, arguments), e.Message, e);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using (limit.Token.Register(() => End(process)))
        {
            Task<byte[]> output = ReadAsync(process.StandardOutput.BaseStream);
            Task<byte[]> errors = ReadAsync(process.StandardError.BaseStream);
            await WriteAsync(process.StandardInput, input).ConfigureAwait(false);
            await ended.Task.ConfigureAwait(false);
            CommandResult result = new(process.ExitCode, await output.ConfigureAwait(false), Encoding.UTF8.GetString(await errors.ConfigureAwait(false)).Trim());
            cancellationToken.ThrowIfCancellationRequested();
            return limit.IsCancellationRequested
                ? throw Error.SchedulerFailed(Shown(program, arguments), FormattableString.Invariant($"it was not done within {patience.TotalSeconds:0} seconds and was ended."), null)
                : result;
        }
    }

    /// <summary>A command as it is shown to people.</summary>
    public static string Shown(string program, IReadOnlyList<string> arguments) => CommandLine.Join([program, .. arguments]);

    private static ProcessStartInfo StartInfo(string program, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, CommandLine.Join(arguments))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What they say is read: in one language, and times in one zone.
        start.EnvironmentVariables["LC_ALL"] = "C";
        start.EnvironmentVariables["TZ"] = "UTC";
        return start;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static async Task WriteAsync(StreamWriter writer, byte[]? input)
    {
        try
        {
            if (input is not null)
            {
                using MemoryStream bytes = new(input);
                await bytes.CopyToAsync(writer.BaseStream).ConfigureAwait(false);
            }

            writer.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended at the same moment.
        }
    }
}
