using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>What is read of jobs over a wire that breaks, and from servers that page what one would not think of.</summary>
public sealed class JobReadingTests
{
    private const string FeedType = "application/atom+xml;type=feed;charset=utf-8";
    private const string Namespaces = "xmlns=\"http://www.w3.org/2005/Atom\" xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"";

    [Fact]
    public async Task An_answer_that_broke_off_leaves_nothing_in_the_outputs_of_the_next()
    {
        string body = Feed(
            Entry(1, "<d:Status>success</d:Status><d:CreationTime>2026-01-02T00:00:00</d:CreationTime>", Inline("Parameters", Output("A", "1"), Output("B", "2"))),
            Entry(2, "<d:Status>failed</d:Status><d:CreationTime>2026-01-01T00:00:00</d:CreationTime>", Inline("Parameters", Output("A", "3"))));
        for (int cut = body.IndexOf("</link>", StringComparison.Ordinal); cut > 0; cut = body.LastIndexOf("<entry>", cut - 1, StringComparison.Ordinal))
        {
            await using RawServer server = BreaksOnce(body, cut);
            using IOrchestratorClient client = Client(server, ConnectorProtocol.Atom);

            RunbookInstance? last = await client.Jobs.GetLastInstanceAsync(Job(), CancellationToken.None).WaitAsync(Remote.Patience);

            Assert.Equal([("A", "1"), ("B", "2")], last!.Parameters!.Select(p => (p.Name, p.Value)));
            Assert.Equal(2, server.Requests.Count);
        }
    }

    [Fact]
    public async Task An_answer_that_broke_off_leaves_nothing_in_the_steps_of_the_next()
    {
        string body = Feed(
            Entry(1, Step(1), Inline("Activity", "<entry><content><m:properties><d:Name>One</d:Name></m:properties></content></entry>"), Inline("Data", Output("Error", "of one"))),
            Entry(2, Step(2), Inline("Data", Output("Error", "of two"))));
        await using RawServer server = BreaksOnce(body, body.LastIndexOf("of two", StringComparison.Ordinal));
        using IOrchestratorClient client = Client(server, ConnectorProtocol.Atom);

        IReadOnlyList<ActivityInstance> steps = await client.Jobs.GetActivitiesAsync(SetServer.Id(9), CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal(["One: of one", ": of two"], steps.Select(s => $"{s.Name}: {string.Join(" / ", s.Data!.Select(d => d.Value))}"));
    }

    [Theory]
    [InlineData("RunbookInstanceParameters@odata.nextLink")]
    [InlineData("runbookinstanceparameters@odata.nextLink")]
    public async Task What_hangs_on_an_object_and_goes_on_elsewhere_is_asked_for_as_a_set(string link)
    {
        await using RawServer server = new((request, answer) => answer.SendAsync(200, "application/json", request.Path.EndsWith("RunbookInstanceParameters", StringComparison.Ordinal)
            ? """{"value":[{"Name":"A","Direction":"Out","Value":"1"},{"Name":"B","Direction":"Out","Value":"2"}]}"""
            : $$"""{"Id":"{{SetServer.Id(1)}}","Status":"success","RunbookInstanceParameters":[{"Name":"A","Direction":"Out","Value":"1"}],"{{link}}":"RunbookInstanceParameters?$skiptoken=1"}"""));
        using IOrchestratorClient client = Client(server, ConnectorProtocol.WebApi);
        ServerJob job = Job() with { Instances = [new RunbookInstance { Id = SetServer.Id(1), Status = InstanceStatus.InProgress }] };

        RunbookInstance? last = await client.Jobs.GetLastInstanceAsync(job, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal(["A", "B"], last!.Parameters!.Select(p => p.Name));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task Steps_page_after_page_end_with_an_error(ConnectorProtocol protocol)
    {
        await using RawServer server = new((request, answer) => protocol == ConnectorProtocol.Atom
            ? answer.SendAsync(200, FeedType, Feed(Entry(1, Step(1), $"""<link rel="related" href="x"/>"""), $"""<link rel="next" href="ActivityInstances?$skiptoken={request.Number}"/>"""))
            : answer.SendAsync(200, "application/json", $$"""{"value":[{"Id":"{{SetServer.Id(1)}}"}],"@odata.nextLink":"ActivityInstances?$skiptoken={{request.Number}}"}"""));
        using IOrchestratorClient client = Client(server, protocol);

        await Remote.FailsAsync("ResponseTooLarge", client.Jobs.GetActivitiesAsync(SetServer.Id(9), CancellationToken.None));
    }

    [Fact]
    public async Task Jobs_that_came_before_a_condition_was_refused_come_once()
    {
        await using RawServer server = new((request, answer) =>
            request.Option("$filter") is not null && request.Option("$skip") is not null ? answer.SendAsync(500, "text/plain", "No.")
            : answer.SendAsync(200, "application/json", Jobs(int.Parse(request.Option("$skip") ?? "0", System.Globalization.CultureInfo.InvariantCulture))));
        using IOrchestratorClient client = Client(server, ConnectorProtocol.WebApi);
        EntityList<ServerJob> read = new();

        await client.Jobs.ReadJobsAsync(new JobFilter { CreatedSince = DateTime.UtcNow }, read, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal((1, 100, 100), (read.Resets, read.Items.Count, read.Items.DistinctBy(j => j.Id).Count()));
    }

    private static string Jobs(int from) =>
        $$"""{"@odata.count":100,"value":[{{string.Join(",", Enumerable.Range(from, 50).Select(i => $$"""{"Id":"{{SetServer.Id(i)}}","Status":"Running"}"""))}}]}""";

    private static ServerJob Job() => new() { Id = SetServer.Id(7), RunbookId = SetServer.Id(8), Status = JobStatus.Completed };

    private static IOrchestratorClient Client(RawServer server, ConnectorProtocol protocol) => Remote.Client(new Uri(server.Url, "/api"), protocol);

    /// <summary>Sends the body, but the first time breaks off in the middle of it.</summary>
    private static RawServer BreaksOnce(string body, int cut)
    {
        byte[] whole = Encoding.UTF8.GetBytes(body);
        return new RawServer((request, answer) => request.Number == 1
            ? answer.SendPartAsync(200, FeedType, whole[..cut], whole.Length)
            : answer.SendAsync(200, FeedType, whole));
    }

    private static string Feed(params string[] children) => $"<feed {Namespaces}>{string.Concat(children)}</feed>";

    private static string Entry(int id, string properties, params string[] links) =>
        $"<entry>{string.Concat(links)}<content type=\"application/xml\"><m:properties><d:Id>{SetServer.Id(id)}</d:Id>{properties}</m:properties></content></entry>";

    private static string Inline(string navigation, params string[] entries) =>
        $"<link rel=\"related\" title=\"{navigation}\" href=\"x\"><m:inline><feed>{string.Concat(entries)}</feed></m:inline></link>";

    private static string Output(string name, string value) =>
        $"<entry><content><m:properties><d:Name>{name}</d:Name><d:Direction>Out</d:Direction><d:Value>{value}</d:Value></m:properties></content></entry>";

    private static string Step(int number) =>
        $"<d:ActivityId>{SetServer.Id(100 + number)}</d:ActivityId><d:SequenceNumber>{number}</d:SequenceNumber><d:Status>failed</d:Status>";
}
