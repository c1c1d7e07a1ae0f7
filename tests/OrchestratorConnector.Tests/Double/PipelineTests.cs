using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

[Collection("Double pipeline")]
public sealed class PipelineTests : IDisposable
{
    private readonly Shell _shell = new(typeof(PipelineTests).Assembly);

    public PipelineTests() => NewDoubleNumberCommand.Log.Clear();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Stages_run_interleaved()
    {
        ShellResult result = _shell.Invoke("New-DoubleNumber -To 2 | Invoke-DoubleEcho");

        Assert.Equal([10, 20], result.Output);
        Assert.Equal(["begin", "echo begin", "write 1", "echo 1", "write 2", "echo 2", "end", "echo end", "dispose"], NewDoubleNumberCommand.Log);
    }

    [Fact]
    public void Enough_stops_the_stages_before()
    {
        ShellResult result = _shell.Invoke("New-DoubleNumber -To 100 | Invoke-DoubleEcho | Select-Object -First 2 | Invoke-DoubleEcho");

        Assert.Equal([100, 200], result.Output);
        Assert.Null(result.TerminatingError);
        Assert.False(result.HadErrors);
        Assert.Equal("write 2", NewDoubleNumberCommand.Log.Last(l => l.StartsWith("write", StringComparison.Ordinal)));
        Assert.DoesNotContain("end", NewDoubleNumberCommand.Log);
        Assert.Single(NewDoubleNumberCommand.Log, "echo end");
        Assert.Contains("dispose", NewDoubleNumberCommand.Log);
    }

    [Fact]
    public void Streams_show_what_the_preferences_let_through()
    {
        ShellResult quiet = _shell.Invoke("Send-DoubleRecord");

        Assert.Empty(quiet.Verbose);
        Assert.Empty(quiet.Debug);
        Assert.Equal(["a warning"], quiet.Warnings);
        Assert.Equal(["tag"], Assert.Single(quiet.Information).Tags);
        Assert.Equal(["one", "two"], quiet.Progress.Select(p => p.StatusDescription));
        Assert.Equal(["done"], quiet.Output);

        ShellResult loud = _shell.Invoke("Send-DoubleRecord -Verbose -Debug -WarningAction SilentlyContinue");

        Assert.Equal(["a verbose word"], loud.Verbose);
        Assert.Equal(["a debug word"], loud.Debug);
        Assert.Empty(loud.Warnings);

        _shell.Variables["VerbosePreference"] = "Continue";
        Assert.Single(_shell.Invoke("Send-DoubleRecord").Verbose);
        Assert.Empty(_shell.Invoke("Send-DoubleRecord -Verbose:$false").Verbose);
    }

    [Fact]
    public void An_error_does_not_end_the_pipeline()
    {
        ShellResult result = _shell.Invoke("Send-DoubleRecord -Failure Write");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("NoLuck," + typeof(SendDoubleRecordCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Equal("no luck at all", error.ToString());
        Assert.Equal("try again", error.ErrorDetails!.RecommendedAction);
        Assert.Equal("ResourceBusy: (the target:String) [Send-DoubleRecord], InvalidOperationException", error.CategoryInfo.ToString());
        Assert.Equal(["done"], result.Output);
        Assert.Null(result.TerminatingError);
        Assert.True(result.HadErrors);
    }

    [Theory]
    [InlineData("SilentlyContinue")]
    [InlineData("Ignore")]
    public void An_error_can_be_silenced(string preference)
    {
        ShellResult result = _shell.Invoke("Send-DoubleRecord -Failure Write -ErrorAction " + preference);

        Assert.Empty(result.Errors);
        Assert.Equal(["done"], result.Output);
        Assert.True(result.HadErrors);
    }

    [Fact]
    public void An_error_can_be_made_to_end_the_pipeline()
    {
        ShellResult result = _shell.Invoke("Send-DoubleRecord -Failure Write -ErrorAction Stop");

        Assert.Equal("NoLuck," + typeof(SendDoubleRecordCommand).FullName, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Throw", "NoWay", ErrorCategory.OpenError, "no way")]
    [InlineData("Escape", "System.TimeoutException", ErrorCategory.NotSpecified, "too late")]
    [InlineData("Thread", "InvalidOperation", ErrorCategory.InvalidOperation, "can only be called from within the same thread")]
    public void What_ends_a_cmdlet_ends_the_pipeline(string failure, string id, ErrorCategory category, string part)
    {
        ShellResult result = _shell.Invoke("Send-DoubleRecord -ErrorAction SilentlyContinue -Failure " + failure);

        ErrorRecord error = Assert.IsType<ErrorRecord>(result.TerminatingError);
        Assert.Equal(id + "," + typeof(SendDoubleRecordCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains(part, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(result.Stopped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_reaches_the_cmdlet_on_another_thread(bool swallow)
    {
        RunningInvocation running = _shell.InvokeAsync("Start-DoubleWork -Verbose -Swallow:$swallow", ("swallow", swallow));
        await running.WhenVerbose("started");
        await running.WhenProgress(p => p.PercentComplete == 50);

        running.Stop();
        ShellResult result = await running.Completion.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(result.Stopped);
        Assert.Null(result.TerminatingError);
        Assert.Empty(result.Output);
        Assert.True(StartDoubleWorkCommand.IsDisposed);
        Assert.NotEqual(StartDoubleWorkCommand.PipelineThread, StartDoubleWorkCommand.StopThread);
    }

    [Fact]
    public async Task Stop_can_come_at_the_very_record()
    {
        RunningInvocation running = _shell.InvokeAsync(
            "New-DoubleNumber -To 1000",
            (run, record) =>
            {
                if (record.Value is 5)
                {
                    run.Stop();
                }
            });

        ShellResult result = await running.Completion.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(result.Stopped);
        Assert.Equal([1, 2, 3, 4, 5], result.Output);
    }

    [Fact]
    public async Task Waiting_for_what_never_comes_ends_with_the_run()
    {
        RunningInvocation running = _shell.InvokeAsync("New-DoubleNumber");

        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WhenVerbose("never"));
        Assert.False((await running.Completion).Stopped);
    }

    [Fact]
    public void Notes_and_type_names_travel_with_the_object()
    {
        Gadget gadget = new() { Name = "g" };
        PSObject wrapped = PSObject.AsPSObject(gadget);
        wrapped.Properties.Add(new PSNoteProperty("Note", 1));
        wrapped.TypeNames.Insert(0, "My.Gadget");

        PSObject again = new(gadget);

        Assert.Equal(1, again.Properties["note"]!.Value);
        Assert.Equal("My.Gadget", again.TypeNames[0]);
        Assert.Equal("g", again.Properties["Name"]!.Value);
        Assert.Equal("@{A=1; B=x}", Custom(("A", 1), ("B", "x")).ToString());
    }

    private static PSObject Custom(params IEnumerable<(string Name, object Value)> notes)
    {
        PSObject custom = new();
        foreach ((string name, object value) in notes)
        {
            custom.Properties.Add(new PSNoteProperty(name, value));
        }

        return custom;
    }
}
