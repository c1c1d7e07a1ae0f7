using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class HostTests : IDisposable
{
    private readonly Shell _shell = new(typeof(HostTests).Assembly);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_host_shows_what_a_stopped_cmdlet_has_to_say()
    {
        ScriptBlock script = Scripts.For("'too late'", _ => "too late");
        RunningInvocation running = _shell.InvokeAsync("Wait-DoubleRun -Script $script", ("script", script));
        await running.WhenProgress(p => p.ActivityId == 2);

        running.Stop();

        Assert.Equal(["It goes on without us."], _shell.HostWarnings);
        ShellResult result = await running.Completion.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(result.Stopped);
        Assert.Empty(result.Warnings);
        Assert.Equal([new HostLine(ShellStream.Warning, "It goes on without us.")], _shell.HostLines);
    }

    [Fact]
    public async Task Progress_is_kept_as_it_was_shown()
    {
        RunningInvocation running = _shell.InvokeAsync("Wait-DoubleRun");
        await running.WhenProgress(p => p.ActivityId == 2);
        running.Stop();

        ProgressRecord[] progress = [.. (await running.Completion.WaitAsync(TimeSpan.FromSeconds(30))).Progress];
        Assert.Equal(["step 2 30 40 -1", " -1 -1 1"], progress.Select(p => p.CurrentOperation + " " + p.SecondsRemaining + " " + p.PercentComplete + " " + p.ParentActivityId));
    }
}
