using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Sync;

/// <summary>What a synchronization tells: a story of about a dozen lines whatever its size, and beside it every request.</summary>
public sealed class SyncStoryTests
{
    public static TheoryData<ConnectorProtocol> Protocols => [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task It_is_as_long_for_thousands_of_runbooks_as_for_a_hundred(ConnectorProtocol protocol)
    {
        IReadOnlyList<string> small = await TellAsync(protocol, 130);
        IReadOnlyList<string> large = await TellAsync(protocol, 3000);

        Assert.Equal(small.Count, large.Count);
        Assert.InRange(large.Count, 6, 12);
    }

    [Fact]
    public async Task It_says_who_where_what_and_how_much()
    {
        await using SyncLab lab = await SyncLab.StartAsync(
            ConnectorProtocol.Atom, SourceModel.Generate(1300, parametersPerRunbook: 1), c => c with { Folder = Folder(SourceModel.Generate(1300, parametersPerRunbook: 1)) });

        SyncRecord record = await lab.SyncedAsync();

        string told = string.Join('\n', lab.Reporter.VerboseLines);
        string[] parts =
        [
            $"Synchronizing 'Main', the folder '{lab.Connector.Folder}' of {lab.Connector.ServiceUrl}, as the current user.",
            "speak Atom",
            "lets the current user in",
            $"The folder '{lab.Connector.Folder}' is one of the",
            FormattableString.Invariant($"Compared: {record.Counts.Added:N0} added, 0 changed"),
            FormattableString.Invariant($"'Main' is synchronized: {record.Counts.Total:N0} runbooks, written in one transaction"),
        ];
        Assert.All(parts, p => Assert.Contains(p, told, StringComparison.Ordinal));
        Assert.Equal(parts.Select(p => told.IndexOf(p, StringComparison.Ordinal)).Order(), parts.Select(p => told.IndexOf(p, StringComparison.Ordinal)));
        Assert.DoesNotContain(lab.Reporter.VerboseLines, l => l.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_says_how_many_pages_there_are()
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.Atom, SourceModel.Generate(1300, parametersPerRunbook: 1));

        await lab.SyncedAsync();

        Assert.Contains("Runbooks: 50 of 1,300 came with the first page; 25 more pages, up to 4 at a time.", lab.Reporter.VerboseLines);
    }

    [Fact]
    public async Task It_says_when_a_server_does_not_take_an_option()
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.Atom);
        lab.Server.Faults.Add(Fault.Status(400).On("expand"));

        await lab.SyncedAsync();

        Assert.Contains("The server does not take '$expand=Parameters' and is asked for less.", lab.Reporter.VerboseLines);
    }

    [Fact]
    public async Task Every_attempt_stands_in_the_log_with_what_came_of_it()
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.Atom);
        lab.Options = Remote.Options with { Retries = 2 };
        lab.Server.Faults.Add(Fault.Reset().Nth(2));

        await lab.SyncedAsync();

        Assert.Equal(lab.Server.RequestCount, lab.Reporter.DebugLines.Count(l => !l.Contains(" -> ", StringComparison.Ordinal)));
        Assert.Equal(lab.Server.RequestCount, lab.Reporter.DebugLines.Count(l => l.Contains(" -> ", StringComparison.Ordinal)));
        Assert.Single(lab.Reporter.DebugLines, l => l.Contains(" -> no answer in ", StringComparison.Ordinal) && l.Contains("attempt 1: ", StringComparison.Ordinal));
        Assert.Single(lab.Reporter.DebugLines, l => l.EndsWith(" ms, attempt 2", StringComparison.Ordinal));
    }

    private static string Folder(SourceModel model) => model.Runbooks.GroupBy(r => r.Path[..r.Path.LastIndexOf('\\')]).Where(g => g.Key.Length > 0).MaxBy(g => g.Count())!.Key;

    private static async Task<IReadOnlyList<string>> TellAsync(ConnectorProtocol protocol, int runbooks)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol, SourceModel.Generate(runbooks, parametersPerRunbook: 2));
        await lab.SyncedAsync();
        return lab.Reporter.VerboseLines;
    }
}
