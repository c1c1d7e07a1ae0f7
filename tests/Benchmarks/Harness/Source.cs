using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
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
    public void SetLatency(int milliseconds) => Ask("latency", milliseconds);

    /// <summary>Whether the Atom service writes parameters into runbooks when it is asked to.</summary>
    public void SetExpand(bool supported) => Ask("expand", supported ? 1 : 0);

    /// <summary>Whether the Atom service writes what hangs on the runs of a job into them when it is asked to.</summary>
    public void SetExpandOfRuns(bool supported) => Ask("runs", supported ? 1 : 0);

    /// <summary>Jobs are over when they are asked for so many times, and what is counted of them begins anew.</summary>
    public void SetPolls(int polls) => Ask("polls", polls);

    /// <summary>
    /// So many jobs are over at once, the next one runs so long, and every further one so much longer than the one before. What is
    /// counted begins anew.
    /// </summary>
    public void SetTimes(int first, int milliseconds, int more) => Ask("times", first, milliseconds, more);

    /// <summary>What was asked about every job since then.</summary>
    public IReadOnlyList<JobTraffic> GetTraffic() =>
        [.. Ask("traffic").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(JobTraffic.Parse)];

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string Ask(string command, params int[] values)
    {
        _process.StandardInput.WriteLine(string.Join(' ', [command, .. values.Select(v => v.ToString(CultureInfo.InvariantCulture))]));
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server is gone: " + _process.StandardError.ReadToEnd());
    }
}
