using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Faults of status and connection, and when they strike.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_fault_strikes_where_when_and_as_often_as_it_is_told()
    {
        await using StandIn server = await StartAsync();
        Fault fault = server.Server.Faults.Add(Fault.Status(503).On("Runbooks.*skip=1").After(1).Times(2));
        int[] elsewhere = [await StatusAsync(server, "Folders"), await StatusAsync(server, "Runbooks")];
        Assert.Equal([200, 200], elsewhere);

        var statuses = new List<int>();
        for (int i = 0; i < 5; i++)
        {
            statuses.Add(await StatusAsync(server, "Runbooks?%24skip=1"));
        }

        Assert.Equal([200, 503, 503, 200, 200], statuses);
        Assert.Equal(2, fault.Hits);
        Assert.Equal(2, server.Server.Faults.Hits);
        Assert.Equal([200, 200, 200, 503, 503, 200, 200], server.Server.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task Faults_work_together_and_are_switched_off()
    {
        await using StandIn server = await StartAsync();
        Fault second = server.Server.Faults.Add(Fault.Status(500).Nth(2));
        _ = server.Server.Faults.Add(Fault.Status(502).When(request => request.Headers.ContainsKey("X-Odd")));
        _ = server.Server.Faults.Add(Fault.Gzip(evenIfNotAccepted: true));
        using HttpResponseMessage odd = await server.SendAsync(server.AtomAddress("Runbooks"), ("X-Odd", "1"));
        Assert.Equal(502, (int)odd.StatusCode);
        Assert.Equal("gzip", odd.Content.Headers.ContentEncoding.Single());
        Assert.Equal(500, await StatusAsync(server, "Runbooks"));
        Assert.Equal(1, second.Hits);

        server.Server.Faults.Clear();
        Assert.Equal(200, await StatusAsync(server, "Runbooks"));
        Assert.Empty(server.Server.Faults.Faults);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_status_comes_in_the_shape_of_the_generation_or_as_told(int status)
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(Fault.Status(status).WithMessage("It broke.").Times(2));
        Assert.Equal((status, "It broke."), await server.RefusalAsync("Runbooks"));
        using HttpResponseMessage api = await server.SendAsync(server.ApiAddress("Runbooks"));
        Assert.Equal("{\"error\":{\"code\":\"\",\"message\":\"It broke.\"}}", await api.Content.ReadAsStringAsync());

        _ = server.Server.Faults.Add(Fault.Status(status).WithBody("<p>no</p>", "text/html").Once());
        using HttpResponseMessage told = await server.SendAsync(server.AtomAddress("Runbooks"));
        Assert.Equal("<p>no</p>", await told.Content.ReadAsStringAsync());

        _ = server.Server.Faults.Add(Fault.Status(status).WithoutBody().Once());
        using HttpResponseMessage bare = await server.SendAsync(server.AtomAddress("Runbooks"));
        Assert.Equal("", await bare.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Retry_after_is_seconds_or_a_date()
    {
        await using StandIn server = await StartAsync();
        var date = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        _ = server.Server.Faults.Add(Fault.Status(429).RetryAfter(TimeSpan.FromSeconds(7)).Once());
        _ = server.Server.Faults.Add(Fault.Status(503).RetryAfter(date).Nth(2));
        using HttpResponseMessage seconds = await server.SendAsync(server.AtomAddress(""));
        using HttpResponseMessage dated = await server.SendAsync(server.AtomAddress(""));
        Assert.Equal(TimeSpan.FromSeconds(7), seconds.Headers.RetryAfter!.Delta);
        Assert.Equal(date, dated.Headers.RetryAfter!.Date);
        _ = Assert.Throws<InvalidOperationException>(() => Fault.Hang().RetryAfter(date));
    }

    [Fact]
    public async Task Authentication_comes_before_a_fault_unless_the_fault_says_otherwise()
    {
        await using StandIn server = await StartAsync(options => options.Authentication = FakeAuthentication.Basic("u", "p"));
        Fault behind = server.Server.Faults.Add(Fault.Status(503));
        Assert.Equal(401, await StatusAsync(server, "Runbooks"));
        Assert.Equal(0, behind.Hits);
        _ = server.Server.Faults.Add(Fault.Status(502).BeforeAuthentication());
        Assert.Equal(502, await StatusAsync(server, "Runbooks"));
    }

    [Fact]
    public async Task Latency_is_about_what_it_says_and_a_delay_adds_to_it()
    {
        await using StandIn server = await StartAsync(options => options.Latency = TimeSpan.FromMilliseconds(20));
        _ = server.Server.Faults.Add(Fault.Delay(TimeSpan.FromMilliseconds(30)).Nth(2));
        _ = await StatusAsync(server, "Runbooks");
        var clock = Stopwatch.StartNew();
        _ = await StatusAsync(server, "Runbooks");
        Assert.True(clock.ElapsedMilliseconds >= 48, $"{clock.ElapsedMilliseconds} ms");
    }

    [Theory]
    [InlineData("Reset")]
    [InlineData("ResetInBody")]
    [InlineData("CutDirty")]
    public async Task A_broken_connection_is_seen_as_one(string kind)
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(kind switch
        {
            "Reset" => Fault.Reset().Once(),
            "ResetInBody" => Fault.ResetInBody().Once(),
            _ => Fault.CutDirty(0.25).Once(),
        });
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.AtomTextAsync("Runbooks"));
        Assert.Equal(0, server.Server.Requests[0].Status);
        Assert.Equal(200, await StatusAsync(server, "Runbooks"));
    }

    [Fact]
    public async Task An_empty_answer_a_page_and_a_redirect_are_what_they_are()
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(Fault.Empty().Nth(1));
        _ = server.Server.Faults.Add(Fault.HtmlPage().Nth(2));
        _ = server.Server.Faults.Add(Fault.Redirect("https://elsewhere.example/x").Nth(3));
        _ = server.Server.Faults.Add(Fault.Redirect("/here", 307).Nth(4));
        _ = server.Server.Faults.Add(Fault.RedirectLoop().Nth(5));
        Assert.Equal("", await server.AtomTextAsync("Runbooks"));
        using HttpResponseMessage html = await server.SendAsync(server.AtomAddress("Runbooks"));
        Assert.Equal((200, "text/html"), ((int)html.StatusCode, html.Content.Headers.ContentType!.MediaType));
        using HttpResponseMessage away = await server.SendAsync(server.AtomAddress("Runbooks"));
        Assert.Equal((302, "https://elsewhere.example/x"), ((int)away.StatusCode, away.Headers.Location!.ToString()));
        using HttpResponseMessage here = await server.SendAsync(server.AtomAddress("Runbooks"));
        Assert.Equal((307, "/here"), ((int)here.StatusCode, here.Headers.Location!.ToString()));
        using HttpResponseMessage loop = await server.SendAsync(server.AtomAddress("Runbooks?a=b"));
        Assert.Equal(server.AtomAddress("Runbooks?a=b"), loop.Headers.Location);
    }

    [Fact]
    public async Task What_hangs_ends_when_the_client_leaves_or_the_server_stops()
    {
        await using StandIn server = await StartAsync();
        Fault fault = server.Server.Faults.Add(Fault.Hang());
        using var leave = new CancellationTokenSource();
        Task<HttpResponseMessage> left = server.Client.GetAsync(server.AtomAddress("Runbooks"), leave.Token);
        Task<HttpResponseMessage> stopped = server.Client.GetAsync(server.AtomAddress("Folders"));
        Assert.True(SpinWait.SpinUntil(() => fault.Hits == 2, TimeSpan.FromSeconds(30)));
        await leave.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await server.Server.DisposeAsync();
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => stopped);
    }

    private static Task<StandIn> StartAsync(Action<FakeServerOptions>? configure = null)
    {
        return StandIn.StartAsync(SourceModel.Generate(70), configure);
    }

    private static async Task<int> StatusAsync(StandIn server, string relative)
    {
        using HttpResponseMessage response = await server.SendAsync(server.AtomAddress(relative));
        return (int)response.StatusCode;
    }
}
