using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>All entities, each once, with the fewest requests, however a server pages; and an end, however it does not.</summary>
public sealed class PagedReaderTests
{
    public static TheoryData<ConnectorProtocol> Protocols => [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];

    public static TheoryData<ConnectorProtocol, int> Sizes
    {
        get
        {
            TheoryData<ConnectorProtocol, int> sizes = [];
            foreach (int size in new[] { 0, 1, 49, 50, 51, 99, 100, 101, 500 })
            {
                sizes.Add(ConnectorProtocol.Atom, size);
                sizes.Add(ConnectorProtocol.WebApi, size);
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Count_and_skip_take_one_request_for_each_page(ConnectorProtocol protocol, int count)
    {
        await using SetServer server = new(protocol, count);

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, count), SetServer.Numbers(read.Items));
        Assert.Equal([count], read.Expected);
        Assert.Equal(0, read.Resets);
        int pages = Math.Max(1, (count + 49) / 50);
        Assert.Equal(
            Enumerable.Range(0, pages).Select(p => p * 50),
            server.Requests.Select(r => int.Parse(r.Option("$skip") ?? "0", CultureInfo.InvariantCulture)).Order());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Four_pages_are_under_way_at_once_and_never_five(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 500);
        int waiting = 0;
        TaskCompletionSource four = new(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Before = async request =>
        {
            if (request.Option("$skip") is not null)
            {
                if (Interlocked.Increment(ref waiting) == 4)
                {
                    four.SetResult();
                }

                await four.Task;
            }
        };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(500, read.Items.Count);
        Assert.Equal(4, server.Peak);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Next_links_are_followed_where_there_is_no_count(ConnectorProtocol protocol, int count)
    {
        await using SetServer server = new(protocol, count) { GivesCount = false, Skip = SkipOption.Refused };
        server.PageSize = 25;

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, count), SetServer.Numbers(read.Items));
        Assert.Empty(read.Expected);
        int links = server.Requests.Count(r => r.Option("$skiptoken") is not null);
        Assert.Equal(Math.Max(1, (count + 24) / 25) - 1, links);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_next_page_is_on_its_way_while_the_last_is_given_away(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 150) { GivesCount = false };
        using ManualResetEventSlim third = new();
        server.Before = request =>
        {
            if (request.Option("$skiptoken") == "100")
            {
                third.Set();
            }

            return Task.CompletedTask;
        };
        EntityList<RunbookServer> read = new();
        // The second page is not taken before the third is asked for.
        read.OnAdd = batch => Assert.True(batch[0].Id != SetServer.Id(50) || third.Wait(Remote.Patience));

        await ReadAsync(server, read);

        Assert.Equal(150, read.Items.Count);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Without_count_and_links_skip_goes_on_to_an_empty_page(ConnectorProtocol protocol, int count)
    {
        await using SetServer server = new(protocol, count) { GivesCount = false, GivesLinks = false };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, count), SetServer.Numbers(read.Items));
        Assert.InRange(server.Requests.Count, 1, ((count + 49) / 50) + 1);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 50)]
    [InlineData(ConnectorProtocol.WebApi, 50)]
    [InlineData(ConnectorProtocol.Atom, 100)]
    [InlineData(ConnectorProtocol.WebApi, 150)]
    public async Task A_link_behind_all_that_were_counted_is_followed(ConnectorProtocol protocol, int counted)
    {
        await using SetServer server = new(protocol, 220) { Change = (_, page) => page.Total is null ? page : page with { Total = counted } };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, 220), SetServer.Numbers(read.Items));
        Assert.Equal(0, read.Resets);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_link_behind_the_last_page_that_leads_to_nothing_costs_one_request(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 200);
        server.Change = (request, page) => request.Option("$skiptoken") is null ? page with { Next = server.Link(200) } : page;

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, 200), SetServer.Numbers(read.Items));
        Assert.Equal((0, 5), (read.Resets, server.Requests.Count));
    }

    [Fact]
    public async Task A_page_of_giants_is_given_away_before_it_is_whole()
    {
        string giant = new('x', 3_000_000);
        string entries = string.Join(",", Enumerable.Range(0, 20).Select(i => $$"""{"Id":"{{SetServer.Id(i)}}","Name":"{{i}}{{giant}}"}"""));
        await using RawServer server = RawServer.Always(200, "application/json", $$"""{"@odata.count":20,"value":[{{entries}}]}""");
        using IOrchestratorClient client = Remote.Client(new Uri(server.Url, "/api"), ConnectorProtocol.WebApi);
        List<int> batches = [];
        EntityList<RunbookServer> read = new() { OnAdd = batch => batches.Add(batch.Count) };

        await client.ReadRunbookServersAsync(read, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal(20, read.Items.Count);
        Assert.InRange(batches.Max(), 1, 6);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_whole_set_in_one_answer_is_whole_although_skip_is_refused(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 70) { GivesCount = false, GivesLinks = false, Skip = SkipOption.Refused, PageSize = 1000 };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, 70), SetServer.Numbers(read.Items));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_whole_set_in_one_answer_comes_once_although_skip_is_ignored(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 70) { GivesCount = false, GivesLinks = false, Skip = SkipOption.Ignored, PageSize = 1000 };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, 70), SetServer.Numbers(read.Items).Distinct());
        Assert.InRange(server.Requests.Count, 1, 3);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Links_are_taken_where_skip_is_refused(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 500) { Skip = SkipOption.Refused };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, 500), SetServer.Numbers(read.Items));
        Assert.Equal(0, read.Resets);
        // The first page, nine by link, and as many refused as may be under way.
        Assert.InRange(server.Requests.Count, 11, 18);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 500)]
    [InlineData(ConnectorProtocol.WebApi, 500)]
    [InlineData(ConnectorProtocol.Atom, 100)]
    [InlineData(ConnectorProtocol.Atom, 510)]
    [InlineData(ConnectorProtocol.WebApi, 510)]
    public async Task Links_are_taken_where_skip_means_nothing(ConnectorProtocol protocol, int count)
    {
        await using SetServer server = new(protocol, count) { Skip = SkipOption.Ignored };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, count), SetServer.Numbers(read.Items));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "Refused", 500)]
    [InlineData(ConnectorProtocol.WebApi, "Refused", 500)]
    [InlineData(ConnectorProtocol.Atom, "Ignored", 500)]
    [InlineData(ConnectorProtocol.WebApi, "Ignored", 500)]
    [InlineData(ConnectorProtocol.Atom, "Ignored", 510)]
    public async Task A_set_that_cannot_be_had_whole_is_an_error(ConnectorProtocol protocol, string skip, int count)
    {
        await using SetServer server = new(protocol, count) { GivesLinks = false, Skip = Enum.Parse<SkipOption>(skip) };

        await Remote.FailsAsync("PagingInconsistent", ReadAsync(server));

        Assert.InRange(server.Requests.Count, 1, 60);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 507)]
    [InlineData(ConnectorProtocol.WebApi, 507)]
    [InlineData(ConnectorProtocol.Atom, 420)]
    [InlineData(ConnectorProtocol.WebApi, 420)]
    public async Task A_count_that_changed_meanwhile_is_read_again(ConnectorProtocol protocol, int later)
    {
        await using SetServer server = new(protocol, 500);
        server.Before = request =>
        {
            server.Count = request.Option("$skip") is null ? server.Count : later;
            return Task.CompletedTask;
        };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, later), SetServer.Numbers(read.Items));
        Assert.Equal(1, read.Resets);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_count_that_never_comes_true_is_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 120);
        server.Change = (_, page) => page with { Total = 150 };

        await Remote.FailsAsync("PagingInconsistent", ReadAsync(server));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_count_over_an_empty_answer_is_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 0);
        server.Change = (_, page) => page with { Total = 10 };

        await Remote.FailsAsync("PagingInconsistent", ReadAsync(server));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Empty_pages_between_full_ones_do_not_end_a_set(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 150) { GivesCount = false };
        server.Change = (request, page) => request.Option("hop") is null && request.Option("$skiptoken") is { } token
            ? new SetPage([], null, server.Link(int.Parse(token, CultureInfo.InvariantCulture)) + "&hop=1")
            : page;

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, 150), SetServer.Numbers(read.Items));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Empty_pages_without_an_end_are_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 0);
        server.Change = (request, _) => new SetPage([], null, server.Link(request.Number));

        await Remote.FailsAsync("ResponseTooLarge", ReadAsync(server));

        Assert.InRange(server.Requests.Count, 2, 40);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Pages_without_an_end_are_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 500) { Skip = SkipOption.Refused };
        server.Change = (request, page) => page.Status == 200
            ? new SetPage([.. Enumerable.Range(request.Number * 50, 50)], 500, server.Link(request.Number))
            : page;

        await Remote.FailsAsync("ResponseTooLarge", ReadAsync(server));

        Assert.InRange(server.Requests.Count, 2, 60);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_same_page_under_ever_other_links_is_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 500) { GivesCount = false };
        server.Change = (request, _) => server.Page(0) with { Next = server.Link(request.Number) };

        await Remote.FailsAsync("NextLinkRepeats", ReadAsync(server));

        Assert.InRange(server.Requests.Count, 2, 4);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_next_link_to_itself_is_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 500) { GivesCount = false };
        server.Change = (request, page) => request.Option("$skiptoken") == "100" ? page with { Next = server.Link(100) } : page;

        await Remote.FailsAsync("NextLinkRepeats", ReadAsync(server));

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_next_link_back_to_an_earlier_page_is_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 500) { GivesCount = false };
        server.Change = (request, page) => request.Option("$skiptoken") == "200" ? page with { Next = server.Link(50) } : page;

        await Remote.FailsAsync("NextLinkRepeats", ReadAsync(server));

        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_next_link_back_to_the_beginning_is_an_error(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 100) { GivesCount = false };
        server.Change = (request, page) => request.Option("$skiptoken") == "50" ? page with { Next = new Uri(server.Url, server.Requests[0].Target).AbsoluteUri } : page;

        await Remote.FailsAsync("NextLinkRepeats", ReadAsync(server));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_next_link_to_another_port_is_not_followed(ConnectorProtocol protocol)
    {
        await using RawServer elsewhere = RawServer.Always(200, "text/plain", "gotcha");
        await using SetServer server = new(protocol, 100) { GivesCount = false };
        server.Change = (_, page) => page with { Next = new Uri(elsewhere.Url, "/api/RunbookServers?secret=1").AbsoluteUri };

        OrchestratorException error = await Remote.FailsAsync("NextLinkInvalid", ReadAsync(server));

        Assert.Contains(elsewhere.Url.Authority, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("https://127.0.0.1/api/RunbookServers?$skiptoken=50")]
    [InlineData("http://orchestrator.invalid/api/RunbookServers?$skiptoken=50")]
    [InlineData("//orchestrator.invalid/api/RunbookServers?$skiptoken=50")]
    [InlineData("ftp://127.0.0.1/RunbookServers")]
    [InlineData("file:///etc/hosts")]
    [InlineData("http://[")]
    public async Task A_next_link_that_leaves_the_server_is_refused(string link)
    {
        await using SetServer server = new(ConnectorProtocol.Atom, 100) { GivesCount = false };
        server.Change = (_, page) => page with { Next = link };

        await Remote.FailsAsync("NextLinkInvalid", ReadAsync(server));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "RunbookServers?$skiptoken=50")]
    [InlineData(ConnectorProtocol.WebApi, "RunbookServers?$skiptoken=50")]
    [InlineData(ConnectorProtocol.Atom, "/api/RunbookServers?$skiptoken=50")]
    [InlineData(ConnectorProtocol.WebApi, "/api/RunbookServers?%24skiptoken=50")]
    public async Task A_next_link_may_be_relative(ConnectorProtocol protocol, string link)
    {
        await using SetServer server = new(protocol, 100) { GivesCount = false };
        server.Change = (request, page) => request.Number == 1 ? page with { Next = link } : page;

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.Equal(Enumerable.Range(0, 100), SetServer.Numbers(read.Items));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_page_that_breaks_off_is_asked_for_again_and_comes_once(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 500);
        List<string> failed = [];
        server.Change = (request, page) =>
        {
            lock (failed)
            {
                if (request.Number % 2 == 0 && !failed.Contains(request.Target))
                {
                    failed.Add(request.Target);
                    return new SetPage([], null, null, 503);
                }

                return page;
            }
        };

        EntityList<RunbookServer> read = await ReadAsync(server);

        Assert.NotEmpty(failed);
        Assert.Equal(Enumerable.Range(0, 500), SetServer.Numbers(read.Items));
        Assert.Equal(0, read.Resets);
        Assert.Equal(10 + failed.Count, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task One_page_that_keeps_failing_fails_the_set_and_stops_the_others(ConnectorProtocol protocol)
    {
        await using SetServer server = new(protocol, 5000);
        server.Change = (request, page) => request.Option("$skip") == "100" ? new SetPage([], null, null, 403) : page;

        OrchestratorException error = await Remote.FailsAsync("AccessDenied", ReadAsync(server));

        Assert.Equal(403, error.HttpStatus);
        Assert.InRange(server.Requests.Count, 2, 60);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Cancellation_ends_the_pages_that_are_under_way(ConnectorProtocol protocol)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource cancel = new();
        await using SetServer server = new(protocol, 500);
        server.Before = async request =>
        {
            if (request.Option("$skip") == "200")
            {
                await cancel.CancelAsync();
                await gone.Task;
            }
        };
        EntityList<RunbookServer> read = new();
        using IOrchestratorClient client = server.Client();

        Task reading = client.ReadRunbookServersAsync(read, cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Remote.Patience));
        gone.SetResult();

        Assert.InRange(read.Items.Count, 50, 450);
    }

    private static async Task<EntityList<RunbookServer>> ReadAsync(SetServer server, EntityList<RunbookServer>? read = null)
    {
        read ??= new EntityList<RunbookServer>();
        using IOrchestratorClient client = server.Client();
        await client.ReadRunbookServersAsync(read, CancellationToken.None).WaitAsync(Remote.Patience);
        return read;
    }
}
