using System;
using System.Collections;
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

/// <summary>Invoke-SMRunbookActivity fills a runbook from objects and gives them back with what came out of it.</summary>
public sealed class ActivityRunTests : JobTest
{
    private new const string Invoke = Commands + "InvokeSMRunbookActivityCommand";

    /// <summary>An object of somebody's own.</summary>
    public sealed class Request
    {
        public string? Server { get; init; }

        public string? Owner { get; init; }

        public string Outcome { get; set; } = "old";

        public int Number { get; set; } = 1;

        public string RunbookError => "read only";
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Objects_come_back_with_outputs_status_and_job(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        AddActivity();
        PSObject custom = CustomObject.Of(("Server", "one"), ("Owner", "a"));
        PSObject again = CustomObject.Of(("SERVER", "two"), ("Owner", null), ("Outcome", "old"), ("RunbookStatus", "old"));
        Hashtable table = new() { ["server"] = "three", ["Owner"] = "c" };
        Request request = new() { Server = "four", Owner = "d" };

        ShellResult result = Run("$inputs | Invoke-SMRunbookActivity 'clean UP'", ("inputs", new object[] { custom, again, table, request }));

        AssertGood(result);
        Assert.Equal(["Computer Name=four;User=d", "Computer Name=one;User=a", "Computer Name=three;User=c", "Computer Name=two;User="], AllValues());
        Assert.Equal(4, result.Output.Count);
        Guid IdOf(string server) => Board.All.Single(j => ValuesOf(j).StartsWith($"Computer Name={server};", StringComparison.Ordinal)).Id;
        foreach ((PSObject item, string server) in new[] { (custom, "one"), (again, "two") })
        {
            Assert.Contains(result.Output, o => ReferenceEquals(o, item));
            Assert.Equal((server, "Success", IdOf(server), null), (Property(item, "Outcome"), Property(item, "RunbookStatus"), Property(item, "RunbookJobId"), Property(item, "RunbookError")));
            Assert.Single(item.Properties, p => p.Name.Equals("RunbookStatus", StringComparison.OrdinalIgnoreCase));
            Assert.Single(item.Properties, p => p.Name == "RunbookError");
        }

        Assert.Same(table, Assert.Single(result.Output.OfType<Hashtable>()));
        Assert.Equal(("three", "Success", IdOf("three"), null), (table["Outcome"], table["RunbookStatus"], table["RunbookJobId"], table["RunbookError"]));
        Assert.True(table.ContainsKey("RunbookError"));
        Assert.Equal("four", request.Outcome);
        object? output = Assert.Single(result.Output, o => ReferenceEquals((o as PSObject)?.BaseObject ?? o, request));
        Assert.Equal(("Success", IdOf("four")), (Property(output, "RunbookStatus"), Property(output, "RunbookJobId")));
    }

    [Fact]
    public async Task Defaults_stand_in_for_what_an_object_lacks()
    {
        await PrepareAsync();
        ScriptBlock script = Scripts.For("ActivityRunTests owner", item => Property(item, "Owner") ?? throw new InvalidOperationException("Nobody owns it."));
        Good(
            "New-SMRunbookActivity A Reset -ReadyForAutomation -Map $map -Default $defaults",
            ("map", new Hashtable { ["Computer Name"] = "Server", ["User"] = script }),
            ("defaults", new Hashtable { ["computer name"] = "default", ["USER"] = "nobody" }));
        object[] inputs = [CustomObject.Of(("Owner", "a")), CustomObject.Of(("Server", null), ("Owner", "b")), CustomObject.Of(("Server", string.Empty)), CustomObject.Of(("Server", "s"), ("Owner", "d"))];

        AssertGood(Run("$inputs | Invoke-SMRunbookActivity A", ("inputs", inputs)));

        Assert.Equal(["Computer Name=;User=nobody", "Computer Name=default;User=a", "Computer Name=default;User=b", "Computer Name=s;User=d"], AllValues());
    }

    [Fact]
    public async Task What_an_object_does_not_give_is_an_error_and_the_others_go_on()
    {
        await PrepareAsync();
        ScriptBlock script = Scripts.For("ActivityRunTests throws", item => Property(item, "Owner") ?? throw new InvalidOperationException("Nobody owns it."));
        Good("New-SMRunbookActivity A Reset -ReadyForAutomation -Map $map", ("map", new Hashtable { ["Computer Name"] = "Server", ["User"] = script }));
        object[] inputs = [CustomObject.Of(("Server", "one")), CustomObject.Of(("Owner", "x")), CustomObject.Of(("Server", "three"), ("Owner", CredentialOf("u", "p"))), CustomObject.Of(("Server", "four"), ("Owner", "o"))];

        ShellResult result = Run("$inputs | Invoke-SMRunbookActivity A", ("inputs", inputs));

        Assert.Equal(["MapFailed", "MapFailed", "SecretNotAllowed"], ErrorIdsOf(result));
        Assert.Contains("'User' gave no value: Nobody owns it.", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("'Computer Name' gave no value: the input object has no property 'Server'.", result.Errors[1].Exception.Message, StringComparison.Ordinal);
        Assert.Same(inputs[3], Assert.Single(result.Output));
        Assert.Equal(1, Board.Started);
    }

    [Fact]
    public async Task A_kept_script_that_is_none_is_an_error()
    {
        await PrepareAsync();
        Good("New-SMRunbookActivity A Echo -ReadyForAutomation -Map $map", ("map", new Hashtable { ["Text"] = Scripts.For("ActivityRunTests { broken", item => item) }));
        Scripts.Refuse("ActivityRunTests { broken", "MissingEndCurlyBrace");

        ShellResult result = Run("1 | Invoke-SMRunbookActivity A");

        Assert.Equal(["MapFailed"], ErrorIdsOf(result));
        Assert.Equal(0, Board.Started);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_runbook_that_fails_fails_the_activity_and_the_object_comes_all_the_same(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol, source => source.Edit(source.Runbooks.Single(r => r.Name == "Reset").Id, r => r.ActivityNames = ["Start", "Sign in", "Return Data"]));
        AddActivity();
        Board.Script = _ => JobScript.Fails("Sign in", "No such user.");
        PSObject input = CustomObject.Of(("Server", "s"), ("Owner", "o"), ("Outcome", "before"));

        ShellResult result = Run("$o | Invoke-SMRunbookActivity 'Clean up'", ("o", input));

        Assert.Equal([$@"RunbookFailed{Invoke}: The runbook '\Jobs\Reset' failed at its activity 'Sign in': No such user."], ErrorsOf(result));
        Assert.Same(input, Assert.Single(result.Output));
        Assert.Equal(("Failed", Board.All[0].Id), (Property(input, "RunbookStatus"), Property(input, "RunbookJobId")));
        Assert.Equal(@"The runbook '\Jobs\Reset' failed at its activity 'Sign in': No such user.", Property(input, "RunbookError"));
        Assert.Equal("before", Property(input, "Outcome"));
    }

    [Fact]
    public async Task How_it_stands_is_told_whatever_happened()
    {
        await PrepareAsync();
        AddActivity();
        PSObject lost = CustomObject.Of(("Server", "lost"), ("Owner", "o"));
        PSObject refused = CustomObject.Of(("Server", "refused"), ("Owner", "o"));
        PSObject slow = CustomObject.Of(("Server", "slow"), ("Owner", "o"));
        Board.Script = _ => JobScript.Never;
        Server.Faults.Add(Fault.LostAnswer().Method("POST").When(r => r.Body.Contains("lost", StringComparison.Ordinal)));
        Server.Faults.Add(Fault.Status(400).WithMessage("It is checked out.").Method("POST").When(r => r.Body.Contains("refused", StringComparison.Ordinal)));

        ShellResult result = Run("$o | Invoke-SMRunbookActivity 'Clean up' -TimeoutSeconds 1", ("o", new object[] { lost, refused, slow }));

        Assert.Equal(["JobOutcomeUnknown", "JobWaitTimedOut", "StartRejected"], ErrorIdsOf(result).Order(StringComparer.Ordinal));
        Assert.Equal(3, result.Output.Count);
        Assert.Equal(("Unknown", null), (Property(lost, "RunbookStatus"), Property(lost, "RunbookJobId")));
        Assert.Equal(("Failed", null), (Property(refused, "RunbookStatus"), Property(refused, "RunbookJobId")));
        Assert.Equal(("Running", Board.All.Single(j => ValuesOf(j).Contains("slow", StringComparison.Ordinal)).Id), (Property(slow, "RunbookStatus"), Property(slow, "RunbookJobId")));
        Assert.All(new[] { lost, refused, slow }, o => Assert.NotEmpty((string)Property(o, "RunbookError")!));
    }

    [Fact]
    public async Task One_that_is_stopped_in_time_or_by_somebody_failed()
    {
        await PrepareAsync();
        AddActivity();
        Board.Script = _ => JobScript.Never;
        PSObject input = CustomObject.Of(("Server", "s"), ("Owner", "o"));

        ShellResult result = Run("$o | Invoke-SMRunbookActivity 'Clean up' -TimeoutSeconds 1 -StopOnTimeout", ("o", input));

        Assert.Equal(["JobWaitTimedOut"], ErrorIdsOf(result));
        Assert.Equal("Failed", Property(Assert.Single(result.Output), "RunbookStatus"));
        Assert.Equal(SourceJobStatus.Canceled, Assert.Single(Board.All).Status);
    }

    [Fact]
    public async Task A_job_that_is_lost_while_it_is_waited_for_keeps_its_id()
    {
        await PrepareAsync();
        AddActivity();
        Board.Script = _ => JobScript.Never;
        PSObject input = CustomObject.Of(("Server", "s"), ("Owner", "o"));
        Task<RecordedRequest> look = Asked(r => IsLook(r));

        RunningInvocation run = Begin("$o | Invoke-SMRunbookActivity 'Clean up'", ("o", input));
        await WhileAsync(run, look);
        Guid id = Board.All[0].Id;
        Board.Clear();
        ShellResult result = await EndOf(run);

        Assert.Equal(["JobNotFound"], ErrorIdsOf(result));
        Assert.Equal(id, Property(Assert.Single(result.Output), "RunbookJobId"));
    }

    [Fact]
    public async Task An_output_that_its_property_does_not_take_is_an_error_among_many()
    {
        await PrepareAsync();
        Good(
            "New-SMRunbookActivity A Reset -ReadyForAutomation -Map $map -OutputMap $out",
            ("map", new Hashtable { ["Computer Name"] = "Server", ["User"] = "Owner" }),
            ("out", new Hashtable { ["Result"] = "Number" }));
        Request good = new() { Server = "42", Owner = "o" };
        Request bad = new() { Server = "text", Owner = "o" };
        Dictionary<string, string> narrow = new() { ["Server"] = "7", ["Owner"] = "o" };

        ShellResult result = Run("$o | Invoke-SMRunbookActivity A", ("o", new object[] { bad, narrow, good }));

        Assert.Equal(3, result.Output.Count);
        Assert.Equal((42, 1), (good.Number, bad.Number));
        Assert.Equal("7", narrow["Number"]);
        Assert.NotEmpty(result.Errors);
        Assert.All(ErrorIdsOf(result), id => Assert.Equal("OutputNotTaken", id));
        Assert.Contains(result.Errors, e => e.Exception.Message.Contains("'Number'", StringComparison.Ordinal));
        object? output = Assert.Single(result.Output, o => ReferenceEquals((o as PSObject)?.BaseObject ?? o, bad));
        Assert.Equal("Success", Property(output, "RunbookStatus"));
    }

    [Fact]
    public async Task What_an_activity_lacks_ends_the_line()
    {
        await PrepareAsync();
        AddActivity("Not ready", string.Empty);
        AddActivity("Gone");
        AddActivity("Broken");
        string Message(string id, string name) => RefusedToStart(id + Invoke, $"$o | Invoke-SMRunbookActivity '{name}'", ("o", new object[] { CustomObject.Of(("Server", 1), ("Owner", 2)), CustomObject.Of(("Server", 3), ("Owner", 4)) }));

        Assert.Contains("There is no runbook activity named 'Brocken'. Did you mean 'Broken'?", Message("ActivityNotFound", "Brocken"), StringComparison.Ordinal);
        Assert.Contains("'Not ready' is not ready for automation", Message("ActivityNotReady", "Not ready"), StringComparison.Ordinal);

        // The contract changed, and that was accepted.
        Source.AddParameter(Runbook("Reset").Id, "Domain");
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));
        Server.ClearRequests();
        Assert.Contains("the input 'Domain' is new", Message("RunbookInvalid", "Broken"), StringComparison.Ordinal);
        Good("Approve-SMRunbook Reset");
        Assert.Contains("'Broken' does not fit its runbook: nothing fills the input 'Domain'.", Message("ActivityBroken", "Broken"), StringComparison.Ordinal);

        Source.RemoveRunbook(Runbook("Reset").Id);
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));
        Server.ClearRequests();
        Assert.Contains("is missing and is not started", Message("RunbookMissing", "Broken"), StringComparison.Ordinal);

        Good("Remove-OrchestratorConnector Berlin -Confirm:$false -WarningAction Ignore");
        Assert.Contains(@"The runbook '\Jobs\Reset' of the runbook activity 'Gone' is not in the library: it was removed there, or its connector was.", Message("ActivityRunbookGone", "Gone"), StringComparison.Ordinal);
        Assert.Equal(string.Empty, Many<SMRunbookActivity>("Get-SMRunbookActivity Gone")[0].Connector);
        Assert.Equal(["ActivityRunbookGone"], ErrorIdsOf(Run("Set-SMRunbookActivity 'Not ready' -ReadyForAutomation")));
        Good("Set-SMRunbookActivity Gone -Description 'still there'");
    }

    [Fact]
    public async Task A_monitor_is_nothing_to_wait_for()
    {
        await PrepareAsync();
        Good("New-SMRunbookActivity A Watch -ReadyForAutomation");

        RefusedToStart("RunbookIsMonitor" + Invoke, "1 | Invoke-SMRunbookActivity A");
    }

    [Fact]
    public async Task WhatIf_and_Confirm()
    {
        await PrepareAsync();
        AddActivity();
        PSObject[] inputs = [CustomObject.Of(("Server", "s"), ("Owner", "o")), CustomObject.Of(("Server", "t"), ("Owner", "o"))];

        ShellResult whatIf = Run("$o | Invoke-SMRunbookActivity 'Clean up' -WhatIf", ("o", inputs));
        AssertGood(whatIf);
        Assert.Equal(
            new[] { "s", "t" }.Select(s => $@"What if: Performing the operation ""Invoke runbook activity"" on target ""Clean up: \Jobs\Reset (Computer Name={s}, User=o)""."),
            whatIf.WhatIf);
        Assert.Empty(whatIf.Output);
        Assert.Null(Property(inputs[0], "RunbookStatus"));

        Shell.Confirmation = prompt => prompt.Message.Contains("Name=s", StringComparison.Ordinal) ? ShellAnswer.No : ShellAnswer.Yes;
        ShellResult asked = Run("$o | Invoke-SMRunbookActivity 'Clean up' -Confirm", ("o", inputs));
        AssertGood(asked);
        Assert.Same(inputs[1], Assert.Single(asked.Output));
        Assert.Equal(["Computer Name=t;User=o"], AllValues());
    }

    [Fact]
    public async Task One_object_can_be_given_without_a_pipeline()
    {
        await PrepareAsync();
        AddActivity();
        PSObject input = CustomObject.Of(("Server", "s"), ("Owner", "o"));

        Assert.Same(input, Assert.Single(Good("Invoke-SMRunbookActivity 'Clean up' $o", ("o", input))));
        Assert.Equal("s", Property(input, "Outcome"));
        // Once more: what it has now is set anew.
        Good("Invoke-SMRunbookActivity -Name 'Clean up' -InputObject $o", ("o", input));
        Assert.Equal(Board.All[1].Id, Property(input, "RunbookJobId"));
    }
}
