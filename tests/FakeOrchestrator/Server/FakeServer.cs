using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FakeOrchestrator;

/// <summary>A stand-in for Orchestrator's web services, both generations over one source, on the loopback address.</summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly RequestLog _log = new();
    private readonly AnswerCache _answers;
    private readonly WebApplication _host;
    private readonly bool _ownsCertificate;
    private int _disposed;

    private FakeServer(FakeServerOptions options)
    {
        Model = options.Model;
        Latency = options.Latency;
        Authentication = options.Authentication;
        Quirks = options.Quirks;
        Jobs = new JobBoard(Model, options.Clock, () => Quirks);
        _ownsCertificate = options.Https && options.Certificate is null;
        Certificate = options.Https ? options.Certificate ?? LoopbackCertificate.Create() : null;
        var generations = new List<IGeneration>();
        if (options.Generations.HasFlag(Generations.Atom))
        {
            generations.Add(new AtomService(options));
        }

        if (options.Generations.HasFlag(Generations.WebApi))
        {
            generations.Add(new WebApiService(options));
        }

        _answers = new AnswerCache(Model, Jobs, generations);
        var handler = new RequestHandler(this, _log, _answers, options.Compress, _stopping.Token);
        _host = Build(options.Port, Certificate);
        _host.Run(handler.HandleAsync);
        BaseUrl = AtomUrl = WebApiUrl = new Uri("http://127.0.0.1");
    }

    /// <summary>Scheme, address and port.</summary>
    public Uri BaseUrl { get; private set; }

    /// <summary>Address of the Atom service.</summary>
    public Uri AtomUrl { get; private set; }

    /// <summary>Address of the Web API.</summary>
    public Uri WebApiUrl { get; private set; }

    /// <summary>What the server holds.</summary>
    public SourceModel Model { get; }

    /// <summary>What runs and ran.</summary>
    public JobBoard Jobs { get; }

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Whom the server lets in; may change while it runs.</summary>
    public FakeAuthentication Authentication { get; set; }

    /// <summary>Everything that varies; may change while the server runs.</summary>
    public Quirks Quirks { get; set; }

    /// <summary>Waiting time before every answer; may change while the server runs.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The certificate, if the server speaks TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>What was asked since the start or the last <see cref="ClearRequests"/>, in the order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Requests;

    /// <summary>How much was asked.</summary>
    public int RequestCount => _log.Count;

    /// <summary>How many requests were under way at the same time, at most.</summary>
    public int MaxConcurrentRequests => _log.Peak;

    /// <summary>Starts a server.</summary>
    public static async Task<FakeServer> StartAsync(FakeServerOptions? options = null, CancellationToken ct = default)
    {
        options ??= new FakeServerOptions();
        var server = new FakeServer(options);
        try
        {
            await server._host.StartAsync(ct);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        IServerAddressesFeature addresses = server._host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.BaseUrl = new Uri(addresses.Addresses.First());
        server.AtomUrl = new Uri(server.BaseUrl, "/" + options.AtomPath.Trim('/'));
        server.WebApiUrl = new Uri(server.BaseUrl, "/api");
        return server;
    }

    /// <summary>Forgets what was asked.</summary>
    public void ClearRequests()
    {
        _log.Clear();
    }

    /// <summary>Renders pages before they are asked for: from these addresses, absolute or below the server, along their next links.</summary>
    /// <returns>How many bytes the pages have.</returns>
    public Task<long> WarmAsync(IEnumerable<string> addresses, bool compressed = false, CancellationToken ct = default)
    {
        return Task.Run(() => addresses.Sum(address => Warm(new Uri(BaseUrl, address).PathAndQuery, compressed, ct)), ct);
    }

    /// <summary>Renders the pages that an import asks for, in both generations.</summary>
    /// <returns>How many bytes the pages have.</returns>
    public Task<long> WarmAsync(CancellationToken ct = default)
    {
        string atom = AtomUrl.AbsolutePath;
        return WarmAsync(
            [
                $"{atom}/Folders", $"{atom}/RunbookServers", $"{atom}/Runbooks", $"{atom}/RunbookParameters", $"{atom}/Runbooks?$expand=Parameters",
                "/api/Folders", "/api/RunbookServers", "/api/Runbooks", "/api/RunbookParameters",
            ],
            ct: ct);
    }

    /// <summary>Ends what is under way and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _host.DisposeAsync();
        _stopping.Dispose();
        if (_ownsCertificate)
        {
            Certificate?.Dispose();
        }
    }

    private static WebApplication Build(int port, X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                {
                    _ = listen.UseHttps(certificate);
                }
            });
        });
        if (certificate is not null)
        {
            _ = builder.WebHost.UseKestrelHttpsConfiguration();
        }

        _ = builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        return builder.Build();
    }

    private long Warm(string target, bool compressed, CancellationToken ct)
    {
        long bytes = 0;
        for (string? next = target; next is not null;)
        {
            ct.ThrowIfCancellationRequested();
            var wanted = RequestTarget.Of(BaseUrl.GetLeftPart(UriPartial.Authority), next, "");
            if (_answers.Find(wanted) is not { } generation)
            {
                break;
            }

            Answer answer = _answers.Get(wanted, generation, Quirks);
            bytes += compressed ? answer.Gzipped.Length : answer.Body.Length;
            next = answer.Next;
        }

        return bytes;
    }
}
