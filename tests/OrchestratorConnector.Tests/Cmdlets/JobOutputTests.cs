using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>What a job looks like in the pipeline.</summary>
public sealed class JobOutputTests : JobTest
{
    private static readonly (string Name, string Direction)[] Contract =
    [
        ("Ziel", "In"), ("anfang", "In"),
        ("Zeta", "Out"), ("status", "Out"), ("ID", "Out"), ("Output", "Out"), ("Größe (MB)", "Out"), ("alpha", "Out"),
    ];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Outputs_are_properties_unless_the_job_has_one_of_that_name(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol, source => source.AddRunbook(@"\Out", "Many", Contract));
        Board.Script = _ => new JobScript
        {
            Outputs = (_, inputs) => new Dictionary<string, string>
            {
                ["Zeta"] = "z " + inputs["Ziel"],
                ["status"] = "out of order",
                ["ID"] = "seven",
                ["Output"] = "output",
                ["Größe (MB)"] = "5\n6",
                ["alpha"] = string.Empty,
            },
        };

        object? output = Assert.Single(Good("Invoke-SMRunbook Many -Ziel x -anfang y"));

        foreach (object? item in new[] { output, Assert.Single(Good("Get-SMRunbookJob")), Assert.Single(Good("Get-SMRunbookJob | Wait-SMRunbookJob")) })
        {
            SMRunbookJob job = JobOf(item);
            Assert.Equal(Board.All[0].Id, Property(item, "Id"));
            Assert.Equal(JobStatus.Completed, Property(item, "Status"));
            Assert.Same(job.Output, Property(item, "Output"));
            Assert.Equal("z x", Property(item, "zeta"));
            Assert.Equal("5\n6", Property(item, "Größe (MB)"));
            Assert.Equal(string.Empty, Property(item, "alpha"));
            Assert.Equal(
                new Dictionary<string, object?> { ["Zeta"] = "z x", ["status"] = "out of order", ["ID"] = "seven", ["Output"] = "output", ["Größe (MB)"] = "5\n6", ["alpha"] = string.Empty },
                job.Output.Keys.Cast<string>().ToDictionary(k => k, k => job.Output[k]));
            Assert.Equal("out of order", job.Output["STATUS"]);
            Assert.Equal("x", job.Parameter["ziel"]);
            Assert.Equal("y", job.Parameter["ANFANG"]);
            Assert.Equal(["anfang=y", "Ziel=x"], job.Parameter.ToString().Split("; ").Order(StringComparer.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task It_has_what_is_known_of_it(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);

        SMRunbookJob job = Job("Invoke-SMRunbook Reset -ComputerName web01 -User anna");

        SourceJob source = Assert.Single(Board.All);
        SourceInstance instance = Assert.Single(Board.InstancesOf(source.Id));
        Assert.Equal((source.Id, "Reset", @"\Jobs\Reset", source.RunbookId, "Berlin"), (job.Id!.Value, job.Runbook, job.Path, job.RunbookId, job.Connector));
        Assert.Equal((JobStatus.Completed, InstanceStatus.Success, "RBS01"), (job.Status, job.InstanceStatus, job.RunbookServer));
        Assert.Equal((Environment.UserName, source.CreatedBy), (job.StartedBy, job.CreatedBy));
        Assert.Equal((source.CreationTime, instance.CreationTime, instance.CompletionTime), (job.CreationTime.ToUniversalTime(), job.StartTime?.ToUniversalTime(), job.FinishTime?.ToUniversalTime()));
        Assert.Equal((new Uri("http://console:82/"), StatePath, (object?)null), (job.ConsoleUrl, job.StatePath, job.InputObject));
        Assert.Null(job.Error);
        Assert.Null(job.FailedActivity);
        Assert.Equal($@"\Jobs\Reset {source.Id}", job.ToString());
    }

    [Fact]
    public async Task The_view_shows_the_outputs_or_why_there_are_none()
    {
        await PrepareAsync(more: source => source.Edit(source.Runbooks.Single(r => r.Name == "Plain").Id, r => r.ActivityNames = ["One", "Two"]));
        Board.Script = r => r.Name == "Plain" ? JobScript.Fails("Two", "It was\r\nnot possible.") : JobScript.Succeeds;

        ShellResult good = Run("Invoke-SMRunbook Reset -ComputerName web01 -User anna");
        ShellResult failed = Run("Invoke-SMRunbook Plain");

        Assert.Matches(@"Reset +Completed Success +\d+(\.\d)? m?s Result=web01", Shell.Formatter.Format(good.Output));
        Assert.Matches(@"Plain +Completed Failed +\d+(\.\d)? m?s Two: It was  ?not possible\.", Shell.Formatter.Format(failed.Output));
        Assert.Contains("It was", Shell.Formatter.FormatList(failed.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_custom_object_or_a_table_comes_back_as_it_was_given()
    {
        await PrepareAsync();
        PSObject custom = CustomObject.Of(("Computer Name", "a"), ("User", "b"));
        Uri plain = new("http://x/");

        object? one = Assert.Single(Good("$o | Start-SMRunbook Reset", ("o", new object[] { custom })));
        object? two = Assert.Single(Good("$o | Start-SMRunbook Plain", ("o", new object[] { plain })));

        Assert.Same(custom, JobOf(one).InputObject);
        Assert.Same(plain, JobOf(two).InputObject);
        // It is not kept: what another process would read is without it.
        Assert.All(ManyJobs("Get-SMRunbookJob"), j => Assert.Null(j.InputObject));
    }
}
