using System;
using System.Diagnostics;
using System.Globalization;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>The stand-in for Orchestrator in a process of its own: its processor time and memory are nobody else's.</summary>
internal sealed class Source : IDisposable
{
    private readonly Process _process;

    /// <param name="runbooks">How many runbooks it holds.</param>
    /// <param name="parameters">How many parameters each has.</param>
    /// <param name="webApiPageSize">Page size of the Web API; 0 for one answer.</param>
    public Source(int runbooks, int parameters, int webApiPageSize = 0)
    {
        _process = Child.Start("serve", ("runbooks", runbooks), ("parameters", parameters), ("page", webApiPageSize));
        string address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start: " + _process.StandardError.ReadToEnd());
        AtomUrl = new Uri(address.Split(' ')[0]);
        WebApiUrl = new Uri(address.Split(' ')[1]);
    }

    public Uri AtomUrl { get; }

    public Uri WebApiUrl { get; }

    public Uri UrlOf(ConnectorProtocol protocol) => protocol == ConnectorProtocol.Atom ? AtomUrl : WebApiUrl;

    /// <summary>Every answer waits so long from now on.</summary>
    public void SetLatency(int milliseconds) => Tell(string.Create(CultureInfo.InvariantCulture, $"latency {milliseconds}"));

    /// <summary>Whether the Atom service writes parameters into runbooks when it is asked to.</summary>
    public void SetExpand(bool supported) => Tell(supported ? "expand 1" : "expand 0");

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Tell(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        _process.StandardOutput.ReadLine();
    }
}
