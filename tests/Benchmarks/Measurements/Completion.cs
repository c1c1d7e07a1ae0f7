using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The tab key in a large library, in a real PowerShell where there is one: each kind of completion in a process of its own, the
/// first time and afterwards. The first completion of all is one of the shell's own, which warms up the shell and nothing of ours.
/// </summary>
internal sealed class Completion : IMeasurement
{
    private const double Bar = 50;
    private const int Later = 15;

    public string Name => "completion";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        if (PowerShell.Find() is not { } shell)
        {
            yield return new Row("completion", "no PowerShell here", string.Empty, string.Empty, string.Empty, null);
            yield break;
        }

        string store = workspace.NewPath("db");
        using (Source source = new(options.ManyRunbooks, options.Parameters))
        {
            Child.Run("sync", ("store", store), ("url", source.WebApiUrl), ("protocol", ConnectorProtocol.WebApi), ("runbooks", options.ManyRunbooks));
        }

        using PowerShell.StagedModule module = PowerShell.Stage(workspace);
        foreach ((string what, string line) in Lines(store))
        {
            ILookup<string, double>[] times = [.. Enumerable.Range(0, options.Repeat).Select(_ => PowerShell.Run(shell, workspace, Script(module.Manifest, store, line)))];
            yield return Of($"Tab: {what}, first time in a process, {options.ManyRunbooks:N0} in the library", times.SelectMany(t => t["first"]));
            yield return Of($"Tab: {what}, afterwards", times.SelectMany(t => t["later"]));
        }
    }

    private static IEnumerable<(string What, string Line)> Lines(string path)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        Runbook some = store.FindRunbooks(new RunbookQuery(), default).Skip(1000).First().Runbook;
        string name = PowerShell.Quote(some.Name.Replace("`", "``").Replace("[", "`[").Replace("]", "`]"));
        yield return ("connectors", "Get-OrchestratorConnector ");
        yield return ("names of runbooks", "Get-SMRunbook R");
        yield return ("names by wildcard", "Get-SMRunbook *e");
        yield return ("paths", @"Get-SMRunbook -Path \");
        yield return ("folders", "Get-SMRunbook -Folder ");
        yield return ("ids", "Get-SMRunbook -Id " + some.Id.ToString()[..2]);
        yield return ("jobs", "Get-SMRunbookJob -Id ");
        yield return ("a runbook's inputs", $"Invoke-SMRunbook {name} -");
    }

    private static Row Of(string what, IEnumerable<double> times)
    {
        double median = Median.Of(times);
        return new Row(what, Row.Milliseconds(median), string.Empty, string.Empty, $"≤ {Row.Milliseconds(Bar)}", median <= Bar);
    }

    private static string Script(string manifest, string store, string line)
    {
        StringWriter script = new(CultureInfo.InvariantCulture);
        script.WriteLine($$"""
            Import-Module {{PowerShell.Quote(manifest)}}
            $env:ORCHESTRATOR_CONNECTOR_STATE = {{PowerShell.Quote(store)}}
            $line = {{PowerShell.Quote(line)}}
            function Measure-Completion([string] $Text) {
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $null = [System.Management.Automation.CommandCompletion]::CompleteInput($Text, $Text.Length, @{})
                [string]::Format([cultureinfo]::InvariantCulture, '{0:R}', $watch.Elapsed.TotalMilliseconds)
            }
            $null = Measure-Completion 'Get-Command -CommandType '
            "first $(Measure-Completion $line)"
            foreach ($i in 1..{{Later}}) { "later $(Measure-Completion $line)" }
            """);
        return script.ToString();
    }
}
