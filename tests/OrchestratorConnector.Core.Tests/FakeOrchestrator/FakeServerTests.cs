using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>The server as a whole, in process and as a program.</summary>
public sealed class FakeServerTests
{
    [Fact]
    public async Task Requests_are_recorded_counted_and_forgotten()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(3));
        using HttpResponseMessage response = await server.SendAsync(server.AtomAddress("Runbooks?$top=1"), ("X-Test", "äö".Length.ToString("D", null)));
        RecordedRequest request = Assert.Single(server.Server.Requests);
        Assert.Equal(("GET", "/Orchestrator2012/Orchestrator.svc/Runbooks", "$top=1", 200, 1), (request.Method, request.Path, request.Query, request.Status, request.Number));
        Assert.Equal("2", request.Headers["x-test"]);
        Assert.Equal(1, server.Server.RequestCount);
        server.Server.ClearRequests();
        Assert.Equal(0, server.Server.RequestCount);
    }

    [Fact]
    public async Task The_number_of_requests_at_the_same_time_is_known()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(3));
        Fault hang = server.Server.Faults.Add(Fault.Hang());
        using var leave = new CancellationTokenSource();
        Task[] requests = [.. Enumerable.Range(0, 4).Select(_ => server.Client.GetAsync(server.AtomAddress(""), leave.Token))];
        Assert.True(SpinWait.SpinUntil(() => hang.Hits == 4, TimeSpan.FromSeconds(30)));
        Assert.Equal(4, server.Server.MaxConcurrentRequests);
        await leave.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(requests));
    }

    [Fact]
    public async Task Warming_renders_what_is_then_served()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(120), options => options.WebApiPageSize = 30);
        long expected = 0;
        for (string? next = "Runbooks?$expand=Parameters"; next is not null;)
        {
            string text = await server.AtomTextAsync(next);
            expected += System.Text.Encoding.UTF8.GetByteCount(text);
            next = StandIn.NextLink(System.Xml.Linq.XElement.Parse(text));
        }

        Assert.Equal(expected, await server.Server.WarmAsync([server.Server.AtomUrl + "/Runbooks?$expand=Parameters"]));
        Assert.True(await server.Server.WarmAsync() > expected);
        Assert.InRange(await server.Server.WarmAsync(["/api/Runbooks"], compressed: true), 1, expected);
    }

    [Fact]
    public async Task It_speaks_TLS_with_a_certificate_of_its_own()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(3), options => options.Https = true);
        Assert.Equal("https", server.Server.AtomUrl.Scheme);
        Assert.Contains(server.Server.AtomUrl + "/", await server.AtomTextAsync("Runbooks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_path_may_be_chosen()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(3), options => options.AtomPath = "/Orchestrator/Orchestrator.svc");
        Assert.EndsWith("/Orchestrator/Orchestrator.svc", server.Server.AtomUrl.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, StandIn.Entries(await server.AtomAsync("Runbooks")).Count);
    }

    [Theory]
    [InlineData("--port many", "--port needs a number from 0 to 65535, not 'many'.")]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--nix", "'--nix' is not known.")]
    [InlineData("--fault nix", "There is no fault 'nix'.")]
    [InlineData("--job-seconds -1", "--job-seconds needs a number from 0 to 86400, not '-1'.")]
    [InlineData("--fail", "--fail needs a value.")]
    [InlineData("--generation third", "--generation is atom, webapi or both, not 'third'.")]
    [InlineData("--basic me", "--basic and --password-from-env belong together.")]
    [InlineData("--basic me --password-from-env NO_SUCH_VARIABLE_HERE", "--password-from-env: there is no environment variable 'NO_SUCH_VARIABLE_HERE'.")]
    public async Task The_program_says_what_it_does_not_understand(string arguments, string message)
    {
        using Process program = Start(arguments.Split(' '));
        string error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.Equal(2, program.ExitCode);
    }

    [Fact]
    public async Task The_program_serves_and_says_where()
    {
        string ready = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using Process program = Start("--runbooks", "7", "--warm", "--generation", "webapi", "--fail", "*ZZ?", "--fail", "*SYNC*", "--ready-file", ready);
        try
        {
            List<string> lines = [];
            while (!(lines.LastOrDefault() ?? "").Contains("Ctrl+C", StringComparison.Ordinal))
            {
                lines.Add(await program.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException());
            }

            // The file is there once the line is: the line comes first, so wait for the file itself.
            Assert.True(SpinWait.SpinUntil(() => File.Exists(ready), TimeSpan.FromSeconds(30)));
            string address = await File.ReadAllTextAsync(ready);
            Assert.Equal($"Web API  {address}api", lines[0]);
            using var client = new HttpClient();
            Assert.Equal("7", await client.GetStringAsync(new Uri(address + "api/Runbooks/$count")));
            Assert.Equal(["failed", "success"], [await EndAsync(client, address, "Sync Password"), await EndAsync(client, address, "Reset Password")]);
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
            File.Delete(ready);
        }
    }

    /// <summary>What became of a job of a runbook by the Web API.</summary>
    private static async Task<string> EndAsync(HttpClient client, string address, string runbook)
    {
        using JsonDocument found = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{address}api/Runbooks?$filter=Name eq '{runbook}'")));
        using var body = new StringContent($"{{\"RunbookId\":\"{found.RootElement.GetProperty("value")[0].GetProperty("Id")}\"}}", null, "application/json");
        using HttpResponseMessage started = await client.PostAsync(new Uri(address + "api/Jobs"), body);
        using JsonDocument job = JsonDocument.Parse(await started.Content.ReadAsStringAsync());
        using JsonDocument read = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{address}api/Jobs/{job.RootElement.GetProperty("Id")}?$expand=RunbookInstances")));
        return read.RootElement.GetProperty("RunbookInstances")[0].GetProperty("Status").GetString()!;
    }

    private static Process Start(params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return Process.Start(new ProcessStartInfo(dotnet, [typeof(FakeServer).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
