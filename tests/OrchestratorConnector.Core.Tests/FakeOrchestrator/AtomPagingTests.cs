using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Pages of the Atom service.</summary>
public sealed class AtomPagingTests
{
    [Fact]
    public async Task Next_links_lead_through_everything_once()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(123));
        IReadOnlyList<XElement> pages = await PagesAsync(server, "Runbooks");

        Assert.Equal([50, 50, 23], pages.Select(page => Entries(page).Count));
        Assert.Equal(123, pages.SelectMany(Entries).Select(IdOf).Distinct().Count());
        Assert.Equal($"{server.Server.AtomUrl}/Runbooks?$skiptoken=guid'{IdOf(Entries(pages[0])[^1])}'", NextLink(pages[0]));
        Assert.Equal("next", (string?)pages[0].Elements().Last().Attribute("rel"));
    }

    [Fact]
    public async Task A_full_last_page_has_no_next_link()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(100));
        Assert.Equal([50, 50], (await PagesAsync(server, "Runbooks")).Select(page => Entries(page).Count));
    }

    [Fact]
    public async Task Next_links_keep_the_other_options()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(130));
        IReadOnlyList<XElement> pages = await PagesAsync(server, "Runbooks?$expand=Parameters&$filter=IsMonitor eq false&$inlinecount=allpages&$orderby=Name desc,Path");
        IReadOnlyList<SourceRunbook> expected = [.. server.Server.Model.Runbooks.Where(runbook => !runbook.IsMonitor)];

        Assert.Equal(3, pages.Count);
        Assert.All(pages, page => Assert.Equal(expected.Count, (int)page.Element(Meta + "count")!));
        Assert.All(pages.SelectMany(Entries), entry => Assert.Single(entry.Descendants(Meta + "inline")));
        Assert.Equal(
            expected.OrderByDescending(runbook => runbook.Name, StringComparer.OrdinalIgnoreCase).ThenBy(runbook => runbook.Path, StringComparer.OrdinalIgnoreCase).Select(runbook => runbook.Path),
            pages.SelectMany(Entries).Select(entry => Property(entry, "Path")!.Value));
    }

    [Fact]
    public async Task Skip_and_top_cut_out_a_window_and_the_count_stands_after_the_self_link()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(120));
        Guid[] all = [.. (await PagesAsync(server, "Runbooks")).SelectMany(Entries).Select(IdOf)];
        XElement page = await server.AtomAsync("Runbooks?$inlinecount=allpages&$top=50&$skip=90");

        Assert.Equal(all[90..], Entries(page).Select(IdOf));
        Assert.Null(NextLink(page));
        Assert.Equal(["title", "id", "updated", "link", "count", "entry"], page.Elements().Take(6).Select(element => element.Name.LocalName));
        Assert.Empty(Entries(await server.AtomAsync("Runbooks?$skip=500")));
        Assert.Equal("120", await server.AtomTextAsync("Runbooks/$count"));
    }

    [Fact]
    public async Task A_page_may_be_cut_without_a_word()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(60), options => options.Quirks.EmitsNextLinks = false);
        XElement page = await server.AtomAsync("Runbooks");
        Assert.Equal(50, Entries(page).Count);
        Assert.Null(NextLink(page));
        Assert.Equal(10, Entries(await server.AtomAsync("Runbooks?$skip=50")).Count);
    }

    [Fact]
    public async Task A_top_beyond_the_page_is_paged_cut_or_refused()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(120));
        Assert.Equal([50, 50, 15], (await PagesAsync(server, "Runbooks?$top=115")).Select(page => Entries(page).Count));

        server.Server.Quirks.TopBeyondPage = TopBeyondPage.Cut;
        Assert.Equal([50], (await PagesAsync(server, "Runbooks?$top=115")).Select(page => Entries(page).Count));

        server.Server.Quirks.TopBeyondPage = TopBeyondPage.Refused;
        Assert.Equal(400, (await server.RefusalAsync("Runbooks?$top=115")).Status);
    }

    [Fact]
    public async Task Expanded_collections_may_be_paged_on_their_own()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(3, parametersPerRunbook: 5), options => options.Quirks.ExpandedPageSize = 2);
        XElement entry = Entries(await server.AtomAsync("Runbooks?$expand=Parameters"))[0];
        XElement feed = entry.Descendants(Atom + "feed").Single();
        Assert.Equal(2, Entries(feed).Count);
        IReadOnlyList<XElement> rest = await PagesAsync(server, NextLink(feed)!);
        Assert.Equal(5, Entries(feed).Concat(rest.SelectMany(Entries)).Select(IdOf).Distinct().Count());
    }

    [Fact]
    public async Task What_is_removed_between_two_pages_shifts_nothing()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(110));
        XElement first = await server.AtomAsync("Runbooks");
        foreach (Guid seen in Entries(first).Select(IdOf).TakeLast(3))
        {
            server.Server.Model.RemoveRunbook(seen);
        }

        Guid[] rest = [.. (await PagesAsync(server, NextLink(first)!)).SelectMany(Entries).Select(IdOf)];
        Assert.Equal(60, rest.Length);
        Assert.Empty(rest.Intersect(Entries(first).Select(IdOf)));
    }

    private static async Task<IReadOnlyList<XElement>> PagesAsync(StandIn server, string first)
    {
        var pages = new List<XElement>();
        for (string? next = first; next is not null; next = NextLink(pages[^1]))
        {
            pages.Add(await server.AtomAsync(next));
        }

        return pages;
    }
}
