using System.Collections.Generic;
using System.IO;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// A synchronization with one server, and the bare things it is held against. Every time comes from a process of its own, in
/// which nothing else ran before. The first synchronization, which is not counted, tells which addresses are asked for, leaves a
/// store with the rows, and lets the server render its pages.
/// </summary>
internal sealed class SyncScenario
{
    private readonly Workspace _workspace;
    private readonly string _url;
    private readonly ConnectorProtocol _protocol;
    private readonly int _runbooks;
    private readonly string _requests;

    public SyncScenario(Workspace workspace, Source source, ConnectorProtocol protocol, int runbooks)
    {
        _workspace = workspace;
        _url = source.UrlOf(protocol).AbsoluteUri;
        _protocol = protocol;
        _runbooks = runbooks;
        _requests = workspace.NewPath("requests");
        Store = workspace.NewPath("db");
        Child.Run("sync", [.. Target(Store), ("requests", _requests)]);
    }

    /// <summary>A store that holds what was synchronized.</summary>
    public string Store { get; }

    /// <summary>How many requests a synchronization makes.</summary>
    public int RequestCount => File.ReadLines(_requests).Count();

    /// <summary>A synchronization into an empty store.</summary>
    public double[] First(int times) => Of("sync", [.. Target(_workspace.NewPath("db")), ("times", times)]);

    /// <summary>A synchronization that finds nothing changed; one that writes a row fails.</summary>
    public double[] Second(int times)
    {
        string store = _workspace.NewPath("db");
        File.Copy(Store, store);
        double[] taken = Of("sync", [.. Target(store), ("second", "yes"), ("times", times)]);
        File.Delete(store);
        return taken;
    }

    /// <summary>The answers alone, as many at once as the product asks for.</summary>
    public double[] Drain(int times) => Of("drain", [.. Asking(new ExchangeOptions().MaxRequests), ("times", times)]);

    /// <summary>The reader alone.</summary>
    public double[] Pass(int times) => Of("pass", [.. Asking(1), ("times", times)]);

    /// <summary>The requests one after another.</summary>
    public double[] Serial(int times) => Of("serial", [.. Asking(1), ("times", times)]);

    /// <summary>The insert alone.</summary>
    public double[] Insert(int times) => Of("insert", [("store", Store), ("times", times)]);

    /// <summary>The read alone.</summary>
    public double[] Read(int times) => Of("read", [("store", Store), ("runbooks", _runbooks), ("times", times)]);

    private static double[] Of(string piece, (string Name, object Value)[] arguments) => [.. Child.Run(piece, arguments)["ms"]];

    private IEnumerable<(string Name, object Value)> Target(string store) =>
        [("store", store), ("url", _url), ("protocol", _protocol), ("runbooks", _runbooks)];

    private IEnumerable<(string Name, object Value)> Asking(int inFlight) =>
        [("requests", _requests), ("protocol", _protocol), ("in-flight", inFlight)];
}
