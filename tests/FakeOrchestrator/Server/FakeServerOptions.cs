using System;
using System.Security.Cryptography.X509Certificates;

namespace FakeOrchestrator;

/// <summary>How a server is set up.</summary>
public sealed class FakeServerOptions
{
    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>What the server holds; empty but for the root folder if nothing is given.</summary>
    public SourceModel Model { get; set; } = new();

    /// <summary>Which generations answer.</summary>
    public Generations Generations { get; set; } = Generations.Both;

    /// <summary>Page size of the Atom service (facts A.5).</summary>
    public int PageSize { get; set; } = 50;

    /// <summary>Page size of the Web API; none was proven (facts B.5), so none by default.</summary>
    public int? WebApiPageSize { get; set; }

    /// <summary>Waiting time before every answer.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Whom the server lets in.</summary>
    public FakeAuthentication Authentication { get; set; } = FakeAuthentication.None;

    /// <summary>Address of the Atom service on its server (facts A.1).</summary>
    public string AtomPath { get; set; } = "/Orchestrator2012/Orchestrator.svc";

    /// <summary>The server's local time against UTC.</summary>
    public TimeSpan ServerTimeOffset { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether the server speaks TLS, with <see cref="Certificate"/> or one that it makes itself.</summary>
    public bool Https { get; set; }

    /// <summary>The certificate for TLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Whether every answer is packed with gzip or deflate if the client accepts it, as IIS does when it is told to.</summary>
    public bool Compress { get; set; }

    /// <summary>The clock: by it jobs go, and feeds say when they were put together.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Everything that varies or is not known for certain.</summary>
    public Quirks Quirks { get; set; } = new();
}
