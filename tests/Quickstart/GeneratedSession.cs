using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FakeOrchestrator;
using Objects = System.Collections.Generic.IReadOnlyList<System.Collections.Generic.IReadOnlyDictionary<string, string>>;

namespace Quickstart;

/// <summary>The session against two servers made for this run: one of each generation, each with a source of its own.</summary>
internal sealed class GeneratedSession
{
    private const string Older = "Berlin";
    private const string Newer = "Hamburg";
    private const string Account = "Runbooks";
    private const string User = @"CONTOSO\svc-runbooks";
    private const string Added = "Archive Mailbox";
    private const string FirstStep = "Find Mailbox";
    private const string Renamed = "Reset Password (self service)";
    private const int Count = 60;
    private const int Folders = 8;

    private readonly SourceModel _older = SourceModel.Generate(Count, seed: 1, folders: Folders);
    private readonly SourceModel _newer = SourceModel.Generate(Count, seed: 2, folders: Folders);
    private readonly IPrompt _prompt;
    private readonly string _statePath;
    private readonly Session _session;

    private GeneratedSession(IPrompt prompt, string statePath)
    {
        _prompt = prompt;
        _statePath = statePath;
        _session = new Session(prompt);
    }

    internal static Task RunAsync(IPrompt prompt, string statePath) => new GeneratedSession(prompt, statePath).RunAsync();

    private async Task RunAsync()
    {
        await using FakeServer older = await FakeServer.StartAsync(new FakeServerOptions { Model = _older, Generations = Generations.Atom });
        await using FakeServer newer = await FakeServer.StartAsync(new FakeServerOptions
        {
            Model = _newer,
            Generations = Generations.WebApi,
            Authentication = FakeAuthentication.Basic(User, _prompt.Password),
        });
        Session.Note(_prompt.Description, $"Two servers were made for this run, with {Count} runbooks each: one speaks as Orchestrator 2012 to 2019, one as 2022 and 2025.");
        Register(older.AtomUrl, newer.BaseUrl);
        Import();
        Read();
        Session.Note("At both servers, meanwhile: a runbook is added, one renamed, one removed, and one gets another name for a parameter.");
        Change(_older);
        Change(_newer);
        Preview();
        Follow();
        Invoke(older, newer);
    }

    private void Register(Uri older, Uri newer)
    {
        _session.Run($"Import-Module {_prompt.Manifest}", 0);
        Session.Expect(
            _session.Run($"New-OrchestratorConnector {Older} {older} -Description 'Orchestrator 2019'", 1),
            ("Name", Older), ("Protocol", "Atom"), ("Status", "NeverRun"), ("Enabled", "True"));

        Session.Note("Get-Credential would ask for the password; here it gives the one of this run.");
        _session.Run($"$credential = Get-Credential '{User}'", 0);
        Session.Expect(_session.Run($"New-OrchestratorRunAsAccount {Account} $credential", 1), ("Name", Account), ("UserName", User));
        Session.Expect(
            _session.Run($"New-OrchestratorConnector {Newer} {newer} -RunAsAccount {Account} -AllowUnencryptedAuthentication", 1),
            ("Name", Newer), ("Protocol", "WebApi"), ("RunAsAccount", Account));
        Session.Expect(_session.Run("Test-OrchestratorConnector *", 2), ("Success", "True"), ("Message", "The connection to the server was successful."));
    }

    private void Import()
    {
        Session.Expect(
            _session.Run("Sync-OrchestratorConnector *", 2),
            ("Status", "FinishedSuccess"), ("Total", Session.Number(Count)), ("Added", Session.Number(Count)), ("Changed", "0"), ("Missing", "0"));
        Session.Expect(_session.Run("Get-OrchestratorConnector", 2), ("Status", "FinishedSuccess"), ("RunbookCount", Session.Number(Count)));
        Library.ExpectSame(_statePath, Older, _older);
        Library.ExpectSame(_statePath, Newer, _newer);
    }

    private void Read()
    {
        Session.Expect(_session.Run($"Get-SMRunbook -Connector {Older} | Select-Object -First 5", 5), ("Connector", Older), ("Status", "Active"));
        Session.Expect(_session.Run("Get-SMRunbook 'Reset Password'", 2), ("Name", "Reset Password"));
        SourceRunbook[] below = [.. _newer.Runbooks.Where(r => r.Path.StartsWith(@"\Exchange\", StringComparison.Ordinal))];
        Session.Expect(below.Length > 0, "the source has nothing in \\Exchange");
        Session.Expect(_session.Run($@"Get-SMRunbook -Folder \Exchange -Connector {Newer}", below.Length), ("Connector", Newer));
    }

    private static void Change(SourceModel source)
    {
        SourceRunbook added = source.AddRunbook(@"\Exchange", Added, ("Mailbox", "In"), ("Ticket", "Out"));
        source.Edit(added.Id, r => r.ActivityNames = [FirstStep, "Move to Archive", "Return Data"]);
        source.RenameRunbook(ByName(source, "Reset Password"), Renamed);
        source.RemoveRunbook(ByName(source, "Restart Password"));
        source.RenameParameter(ByName(source, "Notify Password"), "User", "Recipient");
    }

    private static Guid ByName(SourceModel source, string name) => source.Runbooks.Single(r => r.Name == name).Id;

    private void Preview()
    {
        IReadOnlyList<string> before = Library.Read(_statePath);
        _session.Run("$difference = Sync-OrchestratorConnector * -WhatIf", 0);
        Session.Expect(_session.Run("$difference", 2), ("WhatIf", "True"), ("Added", "1"), ("Changed", "2"), ("Missing", "1"), ("Returned", "0"));
        Objects changes = _session.Run("$difference.Changes", 8);
        foreach ((string change, int count) in new[] { ("Added", 2), ("Changed", 4), ("Missing", 2) })
        {
            Session.Expect(Session.CountOf(changes, "Change", change) == count, $"$difference.Changes has not {count} times '{change}'");
        }

        Session.Expect(Session.CountOf(changes, "Contract", "Names") == 2, "$difference.Changes does not show the renamed parameter on both servers");
        Session.Expect(before.SequenceEqual(Library.Read(_statePath)), "-WhatIf changed the library");
        Session.Expect(Library.CountSyncs(_statePath) == 2, "-WhatIf is in the history");
    }

    private void Follow()
    {
        Session.Expect(
            _session.Run("Sync-OrchestratorConnector *", 2),
            ("Status", "FinishedSuccess"), ("Total", Session.Number(Count)), ("Added", "1"), ("Changed", "2"), ("Unchanged", Session.Number(Count - 3)), ("Missing", "1"));
        Library.ExpectSame(_statePath, Older, _older);
        Library.ExpectSame(_statePath, Newer, _newer);
        Session.Expect(_session.Run("Get-SMRunbook -Status Missing", 2), ("Status", "Missing"), ("Name", "Restart Password"));
        Session.Expect(_session.Run("Get-SMRunbook 'Notify Password'", 2), ("Status", "Active"));
        Session.Expect(_session.Run("Get-OrchestratorConnectorHistory", 4), ("Status", "FinishedSuccess"));
        Session.Expect(_session.Run("Get-OrchestratorConnector", 2), ("Status", "FinishedSuccess"), ("RunbookCount", Session.Number(Count + 1)));
    }

    private void Invoke(FakeServer older, FakeServer newer)
    {
        Session.Note("The new runbook is run at both servers; its input is a parameter of the command.");
        older.Jobs.Script = static _ => Archives("CHG-20417", 380);
        newer.Jobs.Script = static _ => Archives("CHG-00388", 240);
        Session.Expect(
            _session.Run($"Invoke-SMRunbook '{Added}' -Connector {Older} -Mailbox jdoe", 1),
            ("Connector", Older), ("Status", "Completed"), ("InstanceStatus", "Success"), ("Ticket", "CHG-20417"));
        Session.Expect(
            _session.Run($"Invoke-SMRunbook '{Added}' -Connector {Newer} -Mailbox jdoe", 1),
            ("Connector", Newer), ("Status", "Completed"), ("InstanceStatus", "Success"), ("Ticket", "CHG-00388"));
        Session.Expect(Sent(older) == "jdoe" && Sent(newer) == "jdoe", "the input did not arrive at both servers");

        Session.Note("One that fails says where and why. The job itself counts as completed: the server ran it to its end.");
        older.Jobs.Script = static _ => JobScript.Fails(FirstStep, "There is no mailbox 'nobody'.") with { RunningTime = TimeSpan.FromMilliseconds(120) };
        Session.Expect(
            _session.RunFailing($"Invoke-SMRunbook '{Added}' -Connector {Older} -Mailbox nobody", 1, "RunbookFailed"),
            ("Status", "Completed"), ("InstanceStatus", "Failed"), ("FailedActivity", FirstStep), ("Error", "There is no mailbox 'nobody'."));
        Session.Expect(_session.Run("Get-SMRunbookJob", 3), ("Runbook", Added), ("Status", "Completed"));
    }

    /// <summary>Ends well with a ticket, after less time than anybody waits for before the first look.</summary>
    private static JobScript Archives(string ticket, int milliseconds) => new()
    {
        RunningTime = TimeSpan.FromMilliseconds(milliseconds),
        Outputs = (_, _) => new Dictionary<string, string> { ["Ticket"] = ticket },
    };

    /// <summary>The input of the last job of a server, read past the cmdlets.</summary>
    private static string Sent(FakeServer server) =>
        server.Jobs.ParametersOf(server.Jobs.InstancesOf(server.Jobs.All[^1].Id)[^1].Id).Single(p => p.Direction == "In").Value;
}
