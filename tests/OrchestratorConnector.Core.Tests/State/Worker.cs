using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>Another process that works on a store.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private Worker(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    private static string Program { get; } = typeof(Worker).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "StoreWorker").Value!;

    /// <summary>Starts one that waits for <see cref="Go"/>.</summary>
    public static Worker Start(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new Worker(Process.Start(start)!);
    }

    /// <summary>Waits until it says something.</summary>
    public async Task ExpectAsync(string what)
    {
        string? said = await _process.StandardOutput.ReadLineAsync();
        if (said != what)
        {
            Assert.Fail($"Expected '{what}', but it said '{said}'. {(said is null ? await _errors : "")}");
        }
    }

    public void Go() => _process.StandardInput.WriteLine();

    /// <summary>Waits until it ended well.</summary>
    public async Task FinishAsync()
    {
        await ExpectAsync("done");
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    /// <summary>Ends it as the system ends a process: at once, wherever it is.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
