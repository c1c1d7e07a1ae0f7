using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Orchestrator;

/// <summary>Runbooks and their parameters, from either generation: as they are at the source, in the fewest requests.</summary>
public sealed class RunbookReadingTests
{
    public static TheoryData<ConnectorProtocol> Protocols => [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];

    [Fact]
    public async Task Atom_takes_one_request_for_fifty_runbooks_with_their_parameters()
    {
        await using FakeServer server = await StartAsync(500);

        RunbookList read = await ReadAsync(server, ConnectorProtocol.Atom);

        Assert.Equal(Remote.Lines(server.Model, ConnectorProtocol.Atom), Remote.Lines(read.Whole()));
        Assert.Empty(read.Parameters);
        Assert.Equal(10, server.RequestCount);
        Assert.All(server.Requests, r => Assert.Contains("$expand=Parameters", Uri.UnescapeDataString(r.Query), StringComparison.Ordinal));
        Assert.InRange(server.MaxConcurrentRequests, 1, 4);
        Assert.Equal([500], read.Expected);
    }

    [Fact]
    public async Task The_web_api_takes_two_requests_where_it_does_not_page()
    {
        await using FakeServer server = await StartAsync(500);

        RunbookList read = await ReadAsync(server, ConnectorProtocol.WebApi);

        Assert.Equal(Remote.Lines(server.Model, ConnectorProtocol.WebApi), Remote.Lines(read.Whole()));
        Assert.Equal(["/api/RunbookParameters", "/api/Runbooks"], server.Requests.Select(r => r.Path).Order(StringComparer.Ordinal));
        // Only the runbooks' number counts, not the parameters'.
        Assert.Equal([500], read.Expected);
    }

    [Theory]
    [InlineData(WebApiNextLink.Skip, true)]
    [InlineData(WebApiNextLink.SkipToken, true)]
    [InlineData(WebApiNextLink.Skip, false)]
    [InlineData(WebApiNextLink.SkipToken, false)]
    public async Task The_web_api_may_page(WebApiNextLink link, bool takesSkip)
    {
        await using FakeServer server = await StartAsync(
            500, o => o.WebApiPageSize = 50, q => q with { WebApiNextLink = takesSkip ? link : WebApiNextLink.SkipToken, SupportsSkip = takesSkip });

        RunbookList read = await ReadAsync(server, ConnectorProtocol.WebApi);

        Assert.Equal(Remote.Lines(server.Model, ConnectorProtocol.WebApi), Remote.Lines(read.Whole()));
        // Ten pages of runbooks and forty of parameters; where $skip is refused some more to find out.
        Assert.InRange(server.RequestCount, 50, takesSkip ? 50 : 68);
        Assert.InRange(server.MaxConcurrentRequests, 1, 4);
    }

    [Theory]
    [InlineData(true, true, 10)]
    [InlineData(true, false, 10)]
    [InlineData(false, true, 19)]
    public async Task Atom_pages_with_skip_or_by_links(bool skip, bool links, int mostRequests)
    {
        await using FakeServer server = await StartAsync(500, quirks: q => q with { SupportsSkip = skip, EmitsNextLinks = links });

        RunbookList read = await ReadAsync(server, ConnectorProtocol.Atom);

        Assert.Equal(Remote.Lines(server.Model, ConnectorProtocol.Atom), Remote.Lines(read.Whole()));
        Assert.InRange(server.RequestCount, 10, mostRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Atom_is_read_whole_where_the_count_is_refused(bool links)
    {
        await using FakeServer server = await StartAsync(120, quirks: q => q with { SupportsInlineCount = false, EmitsNextLinks = links });

        RunbookList read = await ReadAsync(server, ConnectorProtocol.Atom);

        Assert.Equal(Remote.Lines(server.Model, ConnectorProtocol.Atom), Remote.Lines(read.Whole()));
    }

    [Fact]
    public async Task Atom_without_expand_reads_the_parameters_own_feed()
    {
        await using FakeServer server = await StartAsync(500, quirks: q => q with { SupportsExpandParameters = false });

        RunbookList read = await ReadAsync(server, ConnectorProtocol.Atom);

        Assert.Equal(Remote.Lines(server.Model, ConnectorProtocol.Atom), Remote.Lines(read.Whole()));
        // A refusal or two, ten pages of runbooks, forty of parameters; none of one runbook alone.
        Assert.InRange(server.RequestCount, 51, 52);
        Assert.DoesNotContain(server.Requests, r => r.Target.Contains("guid'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_expanded_collections_that_the_server_pages_come_from_their_own_feed()
    {
        await using FakeServer server = await StartAsync(100, quirks: q => q with { ExpandedPageSize = 2 });

        RunbookList read = await ReadAsync(server, ConnectorProtocol.Atom);

        Assert.Equal(Remote.Lines(server.Model, ConnectorProtocol.Atom), Remote.Lines(read.Whole()));
        Assert.Equal(2 + 8, server.RequestCount);
    }

    [Fact]
    public async Task A_few_expanded_collections_that_the_server_pages_are_asked_for_by_themselves()
    {
        SourceModel model = SourceModel.Generate(100, parametersPerRunbook: 4);
        SourceRunbook[] large = [model.AddRunbook(@"\Ops", "Large one"), model.AddRunbook(@"\Ops", "Large two")];
        foreach (SourceRunbook runbook in large)
        {
            for (int i = 0; i < 120; i++)
            {
                model.AddParameter(runbook.Id, string.Create(CultureInfo.InvariantCulture, $"P{i}"), i % 2 == 0 ? "In" : "Out");
            }
        }

        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = model, Quirks = new Quirks { ExpandedPageSize = 50 } });

        RunbookList read = await ReadAsync(server, ConnectorProtocol.Atom);

        Assert.Equal(Remote.Lines(model, ConnectorProtocol.Atom), Remote.Lines(read.Whole()));
        string[] single = [.. server.Requests.Select(r => Regex.Match(Uri.UnescapeDataString(r.Path), @"guid'([^']+)'").Groups[1].Value).Where(id => id.Length > 0).Distinct()];
        Assert.Equal(large.Select(r => r.Id.ToString()).Order(StringComparer.Ordinal), single.Order(StringComparer.Ordinal));
        Assert.Equal(3 + (2 * 3), server.RequestCount);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, true)]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, false)]
    public async Task Runbooks_with_none_one_and_many_parameters(ConnectorProtocol protocol, bool expand)
    {
        SourceModel model = new();
        model.AddRunbook(@"\", "None");
        model.AddRunbook(@"\Ops", "One", ("Only", "Out"));
        model.AddRunbook(@"\Ops", "Two of one name", ("Name", "In"), ("Name", "Out"));
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = model, Quirks = new Quirks { SupportsExpandParameters = expand } });

        RunbookList read = await ReadAsync(server, protocol);

        IReadOnlyList<Runbook> whole = read.Whole();
        Assert.Equal(Remote.Lines(model, protocol), Remote.Lines(whole));
        Assert.Empty(whole.Single(r => r.Name == "None").Parameters!);
        Assert.Equal("Only →Out", whole.Single(r => r.Name == "One").Parameters!.Single().ToString());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_folder_is_asked_for_with_startswith(ConnectorProtocol protocol)
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = Folders() });

        RunbookList read = await ReadAsync(server, protocol, @"\It's R&D+ Büro");

        Assert.Equal(Remote.Lines(server.Model, protocol, r => r.Path.StartsWith(@"\It's R&D+ Büro\", StringComparison.Ordinal)), Remote.Lines(read.Whole()));
        Assert.Equal(protocol == ConnectorProtocol.Atom ? 1 : 2, server.RequestCount);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_takes_no_startswith_sends_everything(ConnectorProtocol protocol)
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = Folders(), Quirks = new Quirks { SupportsFilterFunctions = false } });

        RunbookList read = await ReadAsync(server, protocol, @"\It's R&D+ Büro");

        Assert.Equal(Remote.Lines(server.Model, protocol), Remote.Lines(read.Whole()));
        Assert.InRange(server.RequestCount, 2, 5);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_folder_without_runbooks_is_empty_and_no_error(ConnectorProtocol protocol)
    {
        SourceModel model = Folders();
        model.AddFolder(@"\Empty");
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = model });

        Assert.Empty((await ReadAsync(server, protocol, @"\Empty")).Items);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, true)]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, true)]
    [InlineData(ConnectorProtocol.WebApi, false)]
    public async Task A_source_that_changes_while_it_is_read_comes_as_it_is_then(ConnectorProtocol protocol, bool grows)
    {
        await using FakeServer server = await StartAsync(230, o => o.WebApiPageSize = 50);
        int changes = 0;
        server.Faults.Add(Fault.Status(500).When(r =>
        {
            // Between the first page and the second.
            if (r.Target.Contains("skip=", StringComparison.Ordinal) && r.Path.EndsWith("/Runbooks", StringComparison.Ordinal) && Interlocked.Increment(ref changes) == 1)
            {
                if (grows)
                {
                    server.Model.AddRunbook(@"\New", "Came meanwhile", ("P", "In"));
                }
                else
                {
                    server.Model.RemoveRunbook(server.Model.Runbooks[0].Id);
                }
            }

            return false;
        }));

        RunbookList read = await ReadAsync(server, protocol);

        Assert.NotEqual(0, changes);
        Assert.Equal(1, read.Resets);
        Assert.Equal(
            Remote.Lines(server.Model, protocol).Where(l => !l.Contains("Came meanwhile", StringComparison.Ordinal)),
            Remote.Lines(read.Whole()).Where(l => !l.Contains("Came meanwhile", StringComparison.Ordinal)));
        Assert.Equal(grows ? 231 : 229, read.Items.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_source_that_never_stands_still_is_an_error(ConnectorProtocol protocol)
    {
        await using FakeServer server = await StartAsync(230, o => o.WebApiPageSize = 50);
        server.Faults.Add(Fault.Status(500).When(r =>
        {
            if (r.Target.Contains("skip", StringComparison.Ordinal) && r.Path.EndsWith("/Runbooks", StringComparison.Ordinal))
            {
                server.Model.RemoveRunbook(server.Model.Runbooks[^1].Id);
                server.Model.RemoveRunbook(server.Model.Runbooks[0].Id);
            }

            return false;
        }));

        await Remote.FailsAsync("PagingInconsistent", ReadAsync(server, protocol));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Endless_next_links_lead_nowhere(ConnectorProtocol protocol)
    {
        await using FakeServer server = await StartAsync(120, o => o.WebApiPageSize = 50, q => q with { SupportsSkip = false, WebApiNextLink = WebApiNextLink.SkipToken });
        server.Faults.Add(Fault.EndlessNextLinks());

        // Always another address, and always the same page.
        await Remote.FailsAsync("NextLinkRepeats", ReadAsync(server, protocol));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_repeating_next_link_leads_nowhere(ConnectorProtocol protocol)
    {
        await using FakeServer server = await StartAsync(120, o => o.WebApiPageSize = 50, q => q with { SupportsSkip = false, WebApiNextLink = WebApiNextLink.SkipToken });
        server.Faults.Add(Fault.RepeatingNextLink());

        await Remote.FailsAsync("NextLinkRepeats", ReadAsync(server, protocol));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_log_has_a_line_for_every_request(ConnectorProtocol protocol)
    {
        await using FakeServer server = await StartAsync(120);
        server.Faults.Add(Fault.Status(503).Nth(2));
        RecordingReporter reporter = new();
        using IOrchestratorClient client = Remote.Client(server, protocol, reporter: reporter);

        await client.ReadRunbooksAsync(FolderPath.Root, new RunbookList(), CancellationToken.None).WaitAsync(Remote.Patience);

        string[] lines = [.. reporter.DebugLines.Where(l => l.Contains(" -> ", StringComparison.Ordinal))];
        Assert.Equal(server.Requests.Select(r => $"GET {server.BaseUrl.GetLeftPart(UriPartial.Authority)}{r.Target} -> {r.Status}").Order(StringComparer.Ordinal), lines.Select(l => l.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.All(lines, l => Assert.Matches(@" -> \d{3}, [\d,]+ bytes in [\d,]+ ms, attempt [12]$", l));
        Assert.Equal(lines.Length, reporter.DebugLines.Count - lines.Length);
        Assert.Single(lines, l => l.EndsWith("attempt 2", StringComparison.Ordinal));
        Assert.Single(reporter.VerboseLines, l => l.Contains("Attempt 1 failed", StringComparison.Ordinal));
        Assert.Equal(server.RequestCount, client.Requests);
        Assert.True(client.Bytes > 10_000);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Folders_and_servers_come_whole(ConnectorProtocol protocol)
    {
        SourceModel model = SourceModel.Generate(10, folders: 130, servers: 70);
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = model });
        using IOrchestratorClient client = Remote.Client(server, protocol);
        EntityList<Folder> folders = new();
        EntityList<RunbookServer> servers = new();

        await client.ReadFoldersAsync(folders, CancellationToken.None).WaitAsync(Remote.Patience);
        await client.ReadRunbookServersAsync(servers, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal(
            model.Folders.Select(f => (f.Id, f.ParentId, f.Name)).Order(),
            folders.Items.Select(f => (f.Id, f.ParentId, f.Name)).Order());
        Assert.All(folders.Items.Where(f => f.Path is not null), f => Assert.Equal(model.Folders.Single(m => m.Id == f.Id).Path, f.Path));
        Assert.Equal(model.Servers.Select(s => new RunbookServer(s.Id, s.Name)).OrderBy(s => s.Id), servers.Items.OrderBy(s => s.Id));
    }

    private static SourceModel Folders()
    {
        SourceModel model = new();
        model.AddRunbook(@"\It's R&D+ Büro", "Direct", ("A", "In"));
        model.AddRunbook(@"\It's R&D+ Büro\Sub\Deep", "Below", ("B", "Out"));
        model.AddRunbook(@"\It's R&D+ Büro 2", "Beside");
        model.AddRunbook(@"\Other\It's R&D+ Büro", "Elsewhere");
        return model;
    }

    private static async Task<FakeServer> StartAsync(int runbooks, Action<FakeServerOptions>? configure = null, Func<Quirks, Quirks>? quirks = null)
    {
        FakeServerOptions options = new() { Model = SourceModel.Generate(runbooks) };
        options.Quirks = quirks?.Invoke(options.Quirks) ?? options.Quirks;
        configure?.Invoke(options);
        return await FakeServer.StartAsync(options);
    }

    private static async Task<RunbookList> ReadAsync(FakeServer server, ConnectorProtocol protocol, string folder = FolderPath.Root)
    {
        RunbookList read = new();
        using IOrchestratorClient client = Remote.Client(server, protocol);
        await client.ReadRunbooksAsync(folder, read, CancellationToken.None).WaitAsync(Remote.Patience);
        return read;
    }
}
