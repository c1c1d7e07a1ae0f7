using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>A library with the runbooks of one server, and jobs of one of them. Every run of jobs has a process of its own.</summary>
internal sealed class JobScenario : IDisposable
{
    private const int Runbooks = 20;

    private readonly string _store;

    public JobScenario(Workspace workspace, string name, ConnectorProtocol protocol, int parameters)
    {
        Name = name;
        Source = new Source(Runbooks, parameters);
        _store = workspace.NewPath("db");
        Child.Run("sync", ("store", _store), ("url", Source.UrlOf(protocol)), ("protocol", protocol), ("runbooks", Runbooks));
    }

    /// <summary>What rows call the server.</summary>
    public string Name { get; }

    public Source Source { get; }

    public void Dispose() => Source.Dispose();

    /// <summary>Runs jobs in the double.</summary>
    /// <param name="jobs">How many.</param>
    /// <param name="limit">How many at once.</param>
    /// <param name="warm">How many before, which are not counted.</param>
    public ILookup<string, double> Run(int jobs, int limit, int warm) => Child.Run("jobs", ("store", _store), ("jobs", jobs), ("limit", limit), ("warm", warm));

    /// <summary>Runs jobs in a real PowerShell, and gives the time of those that are counted.</summary>
    public double Run(string shell, Workspace workspace, string manifest, int jobs, int limit, int warm)
    {
        StartableRunbook runbook = StartableRunbook.Of(_store);
        IEnumerable<string> properties = runbook.Inputs.Select(i => $"{PowerShell.Quote(i)} = $_");
        return PowerShell.Run(shell, workspace, string.Create(CultureInfo.InvariantCulture, $$"""
            $ProgressPreference = 'SilentlyContinue'
            Import-Module {{PowerShell.Quote(manifest)}}
            foreach ($count in {{warm}}, {{jobs}}) {
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $results = @(1..$count | ForEach-Object { [pscustomobject]@{ {{string.Join("; ", properties)}} } } |
                    Invoke-SMRunbook -Path {{PowerShell.Quote(runbook.Path)}} -StatePath {{PowerShell.Quote(_store)}} -ThrottleLimit {{limit}})
                $ms = $watch.Elapsed.TotalMilliseconds
                if ($results.Count -ne $count) { throw "$($results.Count) of $count jobs came." }
            }
            [string]::Format([cultureinfo]::InvariantCulture, 'ms {0:R}', $ms)
            """))["ms"].Single();
    }
}
