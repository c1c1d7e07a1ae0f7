using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>Programs that are really run: what they are given and say, and that none is waited for without end.</summary>
public sealed class ProcessRunnerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly ProcessRunner _runner = new(Patience);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_that_is_not_there()
    {
        CommandResult result = await _runner.RunAsync("no-such-program-" + Guid.NewGuid().ToString("N"), [], null, CancellationToken.None);

        Assert.True(result.IsMissing);
        Assert.False(result.IsGood);
    }

    [Fact]
    public async Task Exit_code_output_and_errors()
    {
        CommandResult result = await _runner.RunAsync("dotnet", ["no-such-command-at-all"], null, CancellationToken.None);

        Assert.False(result.IsGood);
        Assert.False(result.IsMissing);
        Assert.Contains("no-such-command-at-all", result.Text + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_arrives_byte_for_byte_and_output_comes_so()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

        CommandResult result = await _runner.RunAsync("cat", [], bytes, CancellationToken.None);

        Assert.Equal(bytes, result.Output);
    }

    [Fact]
    public async Task Who_does_not_read_its_input_is_no_failure()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.True((await _runner.RunAsync("true", [], new byte[1 << 20], CancellationToken.None)).IsGood);
        }
    }

    [Theory]
    [ClassData(typeof(AwkwardPaths))]
    public async Task Arguments_arrive_as_they_are(string argument)
    {
        if (!OperatingSystem.IsWindows())
        {
            CommandResult result = await _runner.RunAsync("printf", ["%s|", argument, "", "C:\\x\\"], null, CancellationToken.None);

            Assert.Equal(argument + "||C:\\x\\|", result.Text);
        }
    }

    [Fact]
    public async Task Times_and_words_are_those_that_can_be_read()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("C UTC", (await _runner.RunAsync("sh", ["-c", "echo $LC_ALL $TZ"], null, CancellationToken.None)).Text.Trim());
        }
    }

    [Fact]
    public async Task One_that_takes_too_long_is_ended()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => new ProcessRunner(TimeSpan.FromMilliseconds(200)).RunAsync("sleep", ["600"], null, CancellationToken.None));

        Assert.Equal("SchedulerFailed", error.Id);
        Assert.StartsWith("The scheduler did not do what it was asked. 'sleep 600': it was not done within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_nobody_waits_for_any_more_is_ended()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using CancellationTokenSource stop = new();
        Task<CommandResult> run = _runner.RunAsync("sleep", ["600"], null, stop.Token);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Theory]
    [ClassData(typeof(AwkwardPaths))]
    [InlineData("/srv/50% of 100%%.db")]
    public async Task A_shell_reads_the_line_of_a_crontab_as_it_was_meant(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A program in the place of PowerShell that writes down what it was given.
        string program = _folder.File("shell '$x");
        string given = _folder.File("given");
        File.WriteAllText(program, $"#!/bin/sh\nprintf '%s\\0' \"$@\" > {given}\necho nobody reads this\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ScheduledJob job = JobSamples.Of(path, shell: program, module: "/modules" + path);

        CommandResult result = await _runner.RunAsync("/bin/sh", ["-c", AsCron(Crontab.Block(job).Split('\n')[1])], null, CancellationToken.None);

        Assert.True(result.IsGood, result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(job.Arguments, File.ReadAllText(given).TrimEnd('\0').Split('\0'));
    }

    // What cron makes of a line: the fields go, an escaped percent sign is one, and any other ends the command.
    private static string AsCron(string line)
    {
        string command = line.Split(' ', 6)[5];
        StringBuilder text = new();
        for (int i = 0; i < command.Length && command[i] != '%'; i++)
        {
            if (command[i] == '\\' && i + 1 < command.Length && command[i + 1] is '%' or '\\')
            {
                i++;
            }

            text.Append(command[i]);
        }

        return text.ToString();
    }
}
