using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Objects from the pipeline are one job each.</summary>
public sealed class InputPipelineTests : JobTest
{
    /// <summary>An object of somebody's own.</summary>
    public sealed class Machine
    {
        public string? ComputerName { get; init; }

        public string? User { get; init; }

        public string Broken => throw new InvalidOperationException("The machine does not say.");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Each_is_filled_in_by_names_and_comes_back_with_its_job(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        object[] inputs =
        [
            CustomObject.Of(("computer name", "one"), ("USER", "a"), ("Other", 1)),
            new Hashtable { ["Computer Name"] = "two", ["user"] = 2 },
            new Machine { ComputerName = "three", User = "c" },
            CustomObject.Of(("ComputerName", "four"), ("User", null)),
            new Dictionary<string, object?> { ["COMPUTERNAME"] = "five", ["User"] = new[] { "x", "y" } },
            CustomObject.Of(("ComputerName", "typed"), ("Computer Name", "six"), ("User", "f")),
        ];

        ShellResult result = Run("$inputs | Invoke-SMRunbook Reset", ("inputs", inputs));

        AssertGood(result);
        Assert.Equal(
            [
                "Computer Name=five;User=x\ny",
                "Computer Name=four;User=",
                "Computer Name=one;User=a",
                "Computer Name=six;User=f",
                "Computer Name=three;User=c",
                "Computer Name=two;User=2",
            ],
            AllValues());
        SMRunbookJob[] jobs = JobsOf(result);
        Assert.Equal(6, jobs.Length);
        Assert.All(jobs, j => Assert.Equal((JobStatus.Completed, InstanceStatus.Success), (j.Status, j.InstanceStatus)));
        foreach (object input in inputs)
        {
            SMRunbookJob own = Assert.Single(jobs, j => ReferenceEquals(j.InputObject, input));
            Assert.Equal($"Computer Name={own.Output["Result"]}", ValuesOf(Board.Find(own.Id!.Value)).Split(';')[0]);
        }
    }

    [Fact]
    public async Task A_map_takes_properties_of_other_names_and_what_script_blocks_make()
    {
        await PrepareAsync();
        ScriptBlock upper = Scripts.For("InputPipelineTests upper", item => PSObject.AsPSObject(item!).Properties["Owner"]?.Value?.ToString()!.ToUpperInvariant());
        object[] inputs = [CustomObject.Of(("Server", "one"), ("Owner", "anna"), ("User", "nobody")), new Hashtable { ["server"] = "two", ["Owner"] = "x" }];

        ShellResult result = Run("$inputs | Start-SMRunbook Reset -Map $map", ("inputs", inputs[..1]), ("map", new Hashtable { ["computer name"] = "Server", ["User"] = upper }));
        AssertGood(result);
        AssertGood(Run("$inputs | Start-SMRunbook Reset -Map $map", ("inputs", inputs[1..]), ("map", new Hashtable { ["Computer Name"] = PSObject.AsPSObject("SERVER"), ["User"] = "owner" })));

        Assert.Equal(["Computer Name=one;User=ANNA", "Computer Name=two;User=x"], AllValues());
    }

    [Fact]
    public async Task Texts_and_numbers_go_through_script_blocks()
    {
        await PrepareAsync();
        ScriptBlock self = Scripts.For("InputPipelineTests self", item => item);
        ScriptBlock many = Scripts.For("InputPipelineTests many", item => new object?[] { item, null, 3 });
        ScriptBlock nothing = Scripts.For("InputPipelineTests nothing", _ => System.Management.Automation.Internal.AutomationNull.Value);
        ScriptBlock empty = Scripts.For("InputPipelineTests null", _ => null);

        AssertGood(Run("'web01','web02' | Start-SMRunbook Reset -Map $map", ("map", new Hashtable { ["Computer Name"] = self, ["User"] = nothing })));
        AssertGood(Run("7 | Start-SMRunbook Reset -Separator '/' -Map $map", ("map", new Hashtable { ["Computer Name"] = many, ["User"] = empty })));

        Assert.Equal(["Computer Name=7//3;User=", "Computer Name=web01;User=", "Computer Name=web02;User="], AllValues());
    }

    [Fact]
    public async Task A_texts_length_is_no_input()
    {
        await PrepareAsync(ConnectorProtocol.WebApi, source => source.AddRunbook(@"\Jobs", "Long", ("Length", "In"), ("Count", "In")));

        AssertGood(Run("'four' | Start-SMRunbook Long"));
        AssertGood(Run("$table | Start-SMRunbook Long", ("table", new object[] { new Hashtable { ["x"] = 1 } })));

        Assert.Equal([string.Empty, string.Empty], AllValues());
    }

    [Fact]
    public async Task What_is_given_for_all_comes_before_the_map_and_the_map_before_properties()
    {
        await PrepareAsync(more: source => source.AddRunbook(@"\Jobs", "Five", ("A", "In"), ("B", "In"), ("C", "In"), ("D", "In"), ("E", "In")));
        PSObject input = CustomObject.Of(("A", "property"), ("B", "property"), ("C", "property"), ("D", "property"), ("E", "property"), ("Other", "mapped"));

        AssertGood(Run(
            "$input | Start-SMRunbook Five -Parameter $p -Map $map -B typed",
            ("input", input),
            ("p", new Hashtable { ["a"] = "parameter", ["C"] = "parameter" }),
            ("map", new Hashtable { ["D"] = "Other", ["c"] = "Other", ["b"] = "Other" })));

        Assert.Equal("A=parameter;B=typed;C=parameter;D=mapped;E=property", ValuesOf(Assert.Single(Board.All)));
    }

    [Fact]
    public async Task One_object_can_be_given_without_a_pipeline()
    {
        await PrepareAsync();
        PSObject input = CustomObject.Of(("Computer Name", "one"), ("User", "u"));

        SMRunbookJob job = Job("Start-SMRunbook Reset -InputObject $input", ("input", input));

        Assert.Same(input, job.InputObject);
        Assert.Equal("Computer Name=one;User=u", ValuesOf(Assert.Single(Board.All)));
        // What is wrong with the only one ends the cmdlet.
        Assert.Equal("MapFailed" + Start, Run("Start-SMRunbook Reset -InputObject $input -Map $map", ("input", input), ("map", new Hashtable { ["User"] = "Nope" })).TerminatingError!.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task One_that_has_no_value_does_not_stop_the_others()
    {
        await PrepareAsync(more: source => source.AddRunbook(@"\Jobs", "Machine", ("Broken", "In")));
        ScriptBlock picky = Scripts.For("InputPipelineTests picky", item => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
        {
            "throws" => throw new InvalidOperationException("Not this one."),
            "fails" => throw new RuntimeException("outer", new DivideByZeroException("Divided by zero.")),
            _ => item,
        });

        ShellResult result = Run("'a','throws','b','fails','c' | Invoke-SMRunbook Reset -User u -Map $map", ("map", new Hashtable { ["Computer Name"] = picky }));

        Assert.Equal(["a", "b", "c"], JobsOf(result).Select(j => (string)j.InputObject!).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                $"MapFailed{Invoke}: The mapping of 'Computer Name' gave no value: Not this one.",
                $"MapFailed{Invoke}: The mapping of 'Computer Name' gave no value: Divided by zero.",
            ],
            ErrorsOf(result));

        ShellResult other = Run(
            "$inputs | Start-SMRunbook Reset -User u -Map $map",
            ("inputs", new object[] { CustomObject.Of(("Server", 1)), CustomObject.Of(("Service", 2)), new Hashtable { ["Server"] = 3 } }),
            ("map", new Hashtable { ["Computer Name"] = "Server" }));
        Assert.Equal(2, other.Output.Count);
        Assert.Equal([$"MapFailed{Start}: The mapping of 'Computer Name' gave no value: the input object has no property 'Server'."], ErrorsOf(other));

        ShellResult broken = Run("$inputs | Start-SMRunbook Machine", ("inputs", new object[] { new Machine(), CustomObject.Of(("Broken", "no")) }));
        Assert.Equal([$"MapFailed{Start}: The mapping of 'Broken' gave no value: The machine does not say."], ErrorsOf(broken));
        Assert.Single(broken.Output);
    }

    [Theory]
    [InlineData(null, "a map takes the name of a property, or a script block.")]
    [InlineData("", "a map takes the name of a property, or a script block.")]
    [InlineData(5, "a map takes the name of a property, or a script block.")]
    public async Task A_map_that_is_none_ends_the_line(object? source, string part)
    {
        await PrepareAsync();

        Assert.Contains(part, RefusedToStart("MapFailed" + Start, "'a','b' | Start-SMRunbook Reset -Map $map", ("map", new Hashtable { ["User"] = source })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_for_an_input_that_the_runbook_does_not_have_is_told()
    {
        await PrepareAsync(ConnectorProtocol.WebApi);

        ShellResult result = Run("$o | Start-SMRunbook Reset -Map $map", ("o", CustomObject.Of(("Server", 1))), ("map", new Hashtable { ["Usr"] = "Server" }));

        Assert.Equal([$@"ParameterUnknown{Start}: The runbook '\Jobs\Reset' has no input 'Usr'. Did you mean 'User'?"], ErrorsOf(result));
        Assert.Equal(0, Board.Started);
    }

    [Theory]
    [InlineData("Start-SMRunbook Reset -Map $map")]
    [InlineData("Get-SMRunbook Reset | Start-SMRunbook -Map $map")]
    public async Task A_map_without_an_object_to_take_values_from_is_an_error(string line)
    {
        await PrepareAsync(ConnectorProtocol.WebApi);

        RefusedToStart("MapFailed" + Start, line, ("map", new Hashtable { ["User"] = "Owner" }));
    }

    [Fact]
    public async Task Runbooks_take_the_values_that_are_given_for_all()
    {
        await PrepareAsync(more: source => source.AddRunbook(@"\Jobs", "Reset too", ("User", "In"), ("Computer Name", "In")));

        ShellResult result = Run("Get-SMRunbook Reset*,Plain | Start-SMRunbook -Parameter $p", ("p", new Hashtable { ["Computer Name"] = "c", ["User"] = "u" }));

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["ParameterUnknown"], ErrorIdsOf(result));
        Assert.Equal(["Computer Name=c;User=u", "Computer Name=c;User=u"], AllValues());
    }

    [Fact]
    public async Task No_more_than_the_limit_are_under_way_at_once()
    {
        await PrepareAsync();
        int arrived = 0;
        using ManualResetEventSlim three = new();
        Server.Faults.Add(Fault.LateAnswer(TimeSpan.FromMilliseconds(150)).Method("POST"));
        // The first three are held until all of them are there: they go at the same time.
        Server.Faults.Add(Fault.Delay(TimeSpan.Zero).Method("POST").When(_ =>
        {
            if (Interlocked.Increment(ref arrived) >= 3)
            {
                three.Set();
            }

            Assert.True(three.Wait(TimeSpan.FromMinutes(1)));
            return false;
        }));

        ShellResult result = Run("$texts | Start-SMRunbook Echo -ThrottleLimit 3 -Map $map", ("texts", Enumerable.Range(0, 12).Cast<object>().ToArray()), ("map", new Hashtable { ["Text"] = Scripts.For("InputPipelineTests self", item => item) }));

        AssertGood(result);
        Assert.Equal(12, result.Output.Count);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"Text={i}").Order(StringComparer.Ordinal), AllValues());
        Assert.Equal(3, Server.MaxConcurrentRequests);
    }

    [Fact]
    public async Task With_a_limit_of_one_they_go_one_after_another_to_their_ends()
    {
        await PrepareAsync();
        Server.ClearRequests();

        ShellResult result = Run("'a','b' | Invoke-SMRunbook Echo -ThrottleLimit 1 -Map $map", ("map", new Hashtable { ["Text"] = Scripts.For("InputPipelineTests self", item => item) }));

        AssertGood(result);
        Assert.Equal(["a", "b"], JobsOf(result).Select(j => j.InputObject));
        int[] starts = [.. Writes.Select(r => r.Number)];
        Assert.Contains(Server.Requests, r => IsLook(r) && r.Number > starts[0] && r.Number < starts[1]);
        Assert.Equal(1, Server.MaxConcurrentRequests);
    }

    [Fact]
    public async Task Results_come_as_they_finish()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        Task<bool> both = LookedAt(2);

        RunningInvocation run = Begin("'slow','quick' | Invoke-SMRunbook Echo -Map $map", ("map", new Hashtable { ["Text"] = Scripts.For("InputPipelineTests self", item => item) }));
        await WhileAsync(run, both);
        Board.Finish(Board.All.Single(j => ValuesOf(j) == "Text=quick").Id);
        await run.WhenOutput(o => (string?)JobOf(o).InputObject == "quick");
        Assert.False(run.Completion.IsCompleted);
        Board.Finish(Board.All.Single(j => ValuesOf(j) == "Text=slow").Id);
        ShellResult result = await EndOf(run);

        AssertGood(result);
        Assert.Equal(["quick", "slow"], JobsOf(result).Select(j => j.InputObject));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task One_that_fails_is_an_error_among_many(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Fault refusal = Server.Faults.Add(Fault.Status(400).WithMessage("The runbook is checked out by somebody.").Method("POST").When(r => r.Body.Contains("refused", StringComparison.Ordinal)));
        Server.Jobs.Script = _ => JobScript.Succeeds;

        ShellResult result = Run("'one','refused','two','three' | Invoke-SMRunbook Echo -Map $map", ("map", new Hashtable { ["Text"] = Scripts.For("InputPipelineTests self", item => item) }));

        Assert.Equal(1, refusal.Hits);
        Assert.Equal(["one", "three", "two"], JobsOf(result).Select(j => (string)j.InputObject!).Order(StringComparer.Ordinal));
        string error = Assert.Single(ErrorsOf(result));
        Assert.StartsWith($@"StartRejected{Invoke}: The server did not start the runbook '\Jobs\Echo'. It says: The runbook is checked out by somebody.", error, StringComparison.Ordinal);
        Assert.EndsWith("Check it in, in the Runbook Designer.", error, StringComparison.Ordinal);
        JobRecord kept = Assert.Single(Kept(), j => j.Status == JobStatus.Failed);
        Assert.Contains("checked out", kept.Error, StringComparison.Ordinal);
        Assert.Null(kept.JobId);
    }

    [Fact]
    public async Task Nothing_piped_in_starts_nothing()
    {
        await PrepareAsync(ConnectorProtocol.WebApi);

        Assert.Empty(Good("$none | Start-SMRunbook Reset", ("none", Array.Empty<object>())));
        Assert.Empty(Good("Get-SMRunbook X* | Start-SMRunbook"));
        Assert.Equal(0, Board.Started);
    }

    [Fact]
    public async Task An_error_that_is_to_stop_the_line_stops_it()
    {
        await PrepareAsync();

        ShellResult result = Run("'a','b' | Start-SMRunbook Reset -User u -ThrottleLimit 1 -Map $map -ErrorAction Stop", ("map", new Hashtable { ["Computer Name"] = "Nope" }));

        Assert.StartsWith("MapFailed", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
        Assert.Equal(0, Board.Started);
    }
}
