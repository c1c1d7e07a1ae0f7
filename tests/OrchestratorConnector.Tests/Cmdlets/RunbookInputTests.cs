using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Commands;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>The inputs of a runbook are parameters of the cmdlet that runs it.</summary>
public sealed class RunbookInputTests : JobTest
{
    private static void AddAwkward(SourceModel source)
    {
        source.AddRunbook(@"\Jobs", "Awkward", ("Computer Name", "In"), ("Größe", "In"), ("R&D (x)", "In"), ("###", "In"), ("_x", "In"), ("Result", "Out"));
        source.AddRunbook(
            @"\Jobs",
            "Clash",
            ("Name", "In"),
            ("Path", "In"),
            ("Parameter", "In"),
            ("TimeoutSeconds", "In"),
            ("Verbose", "In"),
            ("vb", "In"),
            ("WhatIf", "In"),
            ("cf", "In"),
            ("Pipeline Variable", "In"),
            ("State Path", "In"),
            ("Free", "In"));
        source.AddRunbook(@"\Jobs", "Twins", ("Server-Name", "In"), ("Server Name", "In"), ("User Name", "In"), ("UserName", "In"));
    }

    private RuntimeDefinedParameterDictionary Define(string runbook, Type? cmdlet = null, bool isMandatory = false)
    {
        using SqliteStateStore store = SqliteStateStore.Open(StatePath);
        LibraryRunbook row = store.FindRunbooks(new RunbookQuery(), default).Single(r => r.Runbook.Name == runbook);
        return RunbookInputs.Define(row, cmdlet ?? typeof(StartSMRunbookCommand), isMandatory);
    }

    private static string Text(RuntimeDefinedParameter parameter)
        => parameter.Attributes.OfType<AliasAttribute>().SingleOrDefault() is { } alias ? $"{parameter.Name}={string.Join(',', alias.AliasNames)}" : parameter.Name;

    [Fact]
    public async Task They_are_called_by_what_can_be_typed_and_by_their_names()
    {
        await PrepareAsync(ConnectorProtocol.WebApi, AddAwkward);

        Assert.Equal(
            ["###", "ComputerName=Computer Name", "Größe", "RDx=R&D (x)", "_x"],
            Define("Awkward").Values.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(Define("Awkward").Values, p => Assert.Equal(typeof(object), p.ParameterType));
    }

    [Fact]
    public async Task A_description_is_the_help_message()
    {
        await PrepareAsync(more: source =>
        {
            SourceRunbook runbook = source.AddRunbook(@"\Jobs", "Told");
            source.AddParameter(runbook.Id, "One", description: "The first of them.");
            source.AddParameter(runbook.Id, "Two", description: "  ");
            source.AddParameter(runbook.Id, "Three");
        });

        Dictionary<string, string?> help = Define("Told").Values.ToDictionary(p => p.Name, p => p.Attributes.OfType<ParameterAttribute>().Single().HelpMessage);

        Assert.Equal("The first of them.", help["One"]);
        Assert.True(string.IsNullOrEmpty(help["Two"]));
        Assert.True(string.IsNullOrEmpty(help["Three"]));
    }

    [Fact]
    public async Task What_the_cmdlet_or_the_shell_calls_its_own_is_left_out_and_reached_by_Parameter()
    {
        await PrepareAsync(ConnectorProtocol.WebApi, AddAwkward);

        Assert.Equal(["Free", "Pipeline Variable", "State Path", "TimeoutSeconds"], Define("Clash").Values.Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(["Free", "Pipeline Variable", "State Path"], Define("Clash", typeof(InvokeSMRunbookCommand)).Values.Select(Text).Order(StringComparer.Ordinal));

        Hashtable values = new() { ["Name"] = 1, ["Path"] = 2, ["Parameter"] = 3, ["Verbose"] = 5, ["vb"] = 6, ["WhatIf"] = 7, ["cf"] = 8 };
        ShellResult result = Call("Start-SMRunbook").With("Name", "Clash").With("Parameter", values)
            .Splat(new Hashtable { ["State Path"] = 10, ["Pipeline Variable"] = 9, ["TimeoutSeconds"] = 4, ["Free"] = 11 }).Invoke();

        AssertGood(result);
        Assert.Equal("Free=11;Name=1;Parameter=3;Path=2;Pipeline Variable=9;State Path=10;TimeoutSeconds=4;Verbose=5;WhatIf=7;cf=8;vb=6", ValuesOf(Assert.Single(Board.All)));
    }

    [Fact]
    public async Task What_begins_a_parameter_of_the_cmdlet_would_be_taken_for_it_and_is_left_out()
    {
        await PrepareAsync(ConnectorProtocol.WebApi, source => source.AddRunbook(@"\Jobs", "Starts", ("State", "In"), ("Run", "In"), ("Out", "In"), ("f", "In"), ("Time Out", "In"), ("Stated", "In"), ("In Put", "In")));

        Assert.Equal(["In Put", "Stated", "TimeOut=Time Out"], Define("Starts").Values.Select(Text).Order(StringComparer.Ordinal));
        Job("Start-SMRunbook Starts -Parameter $p -Stated 1", ("p", new Hashtable { ["state"] = 2, ["Run"] = 3, ["Out"] = 4, ["F"] = 5 }));
        Job("$o | Start-SMRunbook Starts", ("o", CustomObject.Of(("State", 2), ("Run", 3), ("Out", 4), ("InPut", 6))));
        Assert.Equal("Out=4;Run=3;State=2;Stated=1;f=5", ValuesOf(Board.All[0]));
        Assert.Equal("In Put=6;Out=4;Run=3;State=2", ValuesOf(Board.All[1]));
    }

    [Fact]
    public async Task Names_that_become_the_same_do_not_take_each_others_place()
    {
        await PrepareAsync(ConnectorProtocol.WebApi, AddAwkward);

        Assert.Equal(2, Define("Twins").Values.Count(p => RunbookInputs.InputOf(p).StartsWith("Server", StringComparison.Ordinal)));
        Assert.Contains("UserName", Define("Twins").Values.Select(Text));
        Assert.Contains("User Name", Define("Twins").Values.Select(Text));
        ShellResult result = Call("Start-SMRunbook").With("Name", "Twins")
            .Splat(new Hashtable { ["Server Name"] = "blank", ["Server-Name"] = "hyphen", ["User Name"] = "two", ["UserName"] = "one" }).Invoke();

        AssertGood(result);
        Assert.Equal("Server Name=blank;Server-Name=hyphen;User Name=two;UserName=one", ValuesOf(Assert.Single(Board.All)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task They_are_typed_splatted_and_shortened(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol, AddAwkward);
        Guid id = Runbook("Reset").Id;
        SMRunbook book = One<SMRunbook>("Get-SMRunbook Reset");
        Hashtable whole = new() { ["Computer Name"] = "c", ["User"] = "u" };

        foreach (string line in new[]
        {
            "Start-SMRunbook Reset -ComputerName c -User u",
            "Start-SMRunbook -computername:c -USER:u -Name Reset",
            "Start-SMRunbook Reset -Comp c -Us u",
            @"Start-SMRunbook -Path \Jobs\Reset -ComputerName c -User u",
            "Start-SMRunbook -Id $id -ComputerName c -User u",
            "Start-SMRunbook -SMRunbook $book -ComputerName c -User u",
            "Start-SMRunbook Res* -ComputerName c -User u",
            "Start-SMRunbook Reset @whole",
        })
        {
            Job(line, ("id", id), ("book", book), ("whole", whole));
        }

        Assert.Equal(Enumerable.Repeat("Computer Name=c;User=u", 8), AllValues());
        Job("Start-SMRunbook Awkward -ComputerName 1 -Größe 2 -RDx 3 @odd", ("odd", new Hashtable { ["###"] = 5, ["_x"] = 4 }));
        Assert.Equal("###=5;Computer Name=1;Größe=2;R&D (x)=3;_x=4", ValuesOf(Board.All[^1]));
    }

    [Fact]
    public async Task The_shell_asks_for_what_the_older_server_demands()
    {
        await PrepareAsync(ConnectorProtocol.Atom);

        foreach (string line in new[] { "Start-SMRunbook Reset", "Invoke-SMRunbook Reset", "Start-SMRunbook Reset -User u", "Start-SMRunbook Reset -WhatIf" })
        {
            ErrorRecord? error = Run(line).TerminatingError;
            Assert.StartsWith("MissingMandatoryParameter,", error?.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("ComputerName", error!.Exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, Board.Started);
    }

    [Theory]
    [InlineData("Start-SMRunbook Reset -Parameter $user")]
    [InlineData("Start-SMRunbook Reset -User u -Parameter $none")]
    [InlineData("Start-SMRunbook Reset -InputObject $input")]
    [InlineData("$input | Start-SMRunbook Reset")]
    [InlineData("$input | Start-SMRunbook Reset -Map $map")]
    [InlineData("$input | Invoke-SMRunbook Reset -User u")]
    public async Task Where_values_may_come_from_elsewhere_the_cmdlet_says_what_is_missing(string line)
    {
        Assert.NotNull(line);
        await PrepareAsync(ConnectorProtocol.Atom);

        string message = RefusedToStart(
            "ParameterMissing" + Commands + (line.Contains("Invoke", StringComparison.Ordinal) ? "Invoke" : "Start") + "SMRunbookCommand",
            line,
            ("user", new Hashtable { ["User"] = "u" }),
            ("none", new Hashtable()),
            ("input", CustomObject.Of(("Owner", "u"), ("User", "u"))),
            ("map", new Hashtable { ["User"] = "Owner" }));

        Assert.Contains("is not started without a value for 'Computer Name': its server demands every input.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newer_server_demands_none()
    {
        await PrepareAsync(ConnectorProtocol.WebApi);

        Job("Start-SMRunbook Reset");
        Job("Start-SMRunbook Reset -User u");

        Assert.Equal(2, Board.Started);
        Assert.Contains("User=u", ValuesOf(Board.All[1]), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Computer Name\"", Writes[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_name_is_no_parameter()
    {
        await PrepareAsync();

        Assert.StartsWith("NamedParameterNotFound,", Run("Start-SMRunbook Reset -Server x").TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("NamedParameterNotFound,", Run("Start-SMRunbook Plain -User x").TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, Board.Started);
    }

    [Theory]
    [InlineData("Nobody", "RunbookNotFound")]
    [InlineData("*", "RunbookNotUnique")]
    [InlineData("Reset -Connector Nobody", "ConnectorNotFound")]
    public async Task What_is_wrong_with_the_name_is_said_when_the_cmdlet_runs(string named, string id)
    {
        await PrepareAsync();

        RefusedToStart(id + Start, "Start-SMRunbook " + named);
        RefusedToStart(id + Invoke, "Invoke-SMRunbook " + named);
    }

    [Fact]
    public void So_is_what_is_wrong_with_the_store()
    {
        Refused("RunbookNotFound" + Start, "Start-SMRunbook Reset");

        File.WriteAllText(Beside("letter.db"), new string('x', 5000));
        ShellResult damaged = Shell.Invoke("Start-SMRunbook Reset -StatePath $path", ("path", Beside("letter.db")));
        Assert.Equal("StoreNotADatabase" + Start, damaged.TerminatingError!.FullyQualifiedErrorId);

        AssertGood(Shell.Invoke("Get-OrchestratorConnector -StatePath $path", ("path", Beside("newer.db"))));
        using (SqliteConnection connection = new($"Data Source={Beside("newer.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=9999";
            command.ExecuteNonQuery();
        }

        ShellResult newer = Shell.Invoke("Start-SMRunbook Reset -StatePath $path", ("path", Beside("newer.db")));
        Assert.Equal("StoreNewer" + Start, newer.TerminatingError!.FullyQualifiedErrorId);

        ShellResult folder = Shell.Invoke("Start-SMRunbook Reset -StatePath $path", ("path", Path.GetDirectoryName(StatePath)));
        Assert.StartsWith("Store", folder.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.EndsWith(Start, folder.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_there_only_while_the_library_has_them()
    {
        await PrepareAsync(ConnectorProtocol.WebApi);
        Job("Start-SMRunbook Reset -ComputerName c");

        Source.RenameParameter(Runbook("Reset").Id, "Computer Name", "Machine");
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));

        Assert.StartsWith("NamedParameterNotFound,", Run("Start-SMRunbook Reset -ComputerName c").TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Job("Start-SMRunbook Reset -Machine m");
        Assert.Contains("Machine=m", ValuesOf(Board.All[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_are_none_of_them()
    {
        await PrepareAsync();

        Assert.Equal(["Computer Name", "User"], Define("Reset").Values.Select(RunbookInputs.InputOf).Order(StringComparer.Ordinal));
        Assert.All(Define("Reset", isMandatory: true).Values, p => Assert.True(p.Attributes.OfType<ParameterAttribute>().Single().Mandatory));
    }
}
