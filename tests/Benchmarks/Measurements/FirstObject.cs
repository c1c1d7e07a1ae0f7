using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Get-SMRunbook in a large library: how long until the first object comes, the store opened anew by every call, and how much
/// more is alive when nearly all have passed than at the beginning. In the double, and in a real PowerShell where there is one. Of
/// the calls of each process the quickest counts. A wildcard for which the whole index has to be gone through is held against the
/// bare walk along it, which is nearly all of its time.
/// </summary>
internal sealed class FirstObject : IMeasurement
{
    private const double MostMilliseconds = 10;
    private const double WalkBar = 1.5;
    private const double MostGrowth = 1024 * 1024;

    public string Name => "first";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        string store = workspace.NewPath("db");
        using (Source source = new(options.ManyRunbooks, options.Parameters))
        {
            Child.Run("sync", ("store", store), ("url", source.WebApiUrl), ("protocol", ConnectorProtocol.WebApi), ("runbooks", options.ManyRunbooks));
        }

        Query[] queries = [.. Queries(store)];
        string size = $"{options.ManyRunbooks:N0} in the library";
        Dictionary<Query, double[]> walks = [];
        foreach (Query query in queries)
        {
            List<double> walk = [];
            List<double> first = [];
            for (int i = 0; i < options.Repeat; i++)
            {
                if (query.IsWalk)
                {
                    walk.Add(Child.Run("walk", ("store", store), ("value", query.Value))["ms"].Min());
                }

                first.Add(Child.Run("first", ("store", store), ("parameter", query.Parameter), ("value", query.Value))["ms"].Min());
            }

            walks[query] = [.. walk];
            yield return First($"Get-SMRunbook {query.What}, first object, {size}", [.. first], walks[query]);
        }

        yield return Streams($"Get-SMRunbook streams {size}", Child.Run("stream", ("store", store), ("runbooks", options.ManyRunbooks))["growth"]);
        if (PowerShell.Find() is not { } shell)
        {
            yield return new Row("Get-SMRunbook in a real PowerShell", "no PowerShell here", string.Empty, string.Empty, string.Empty, null);
            yield break;
        }

        using PowerShell.StagedModule module = PowerShell.Stage(workspace);
        ILookup<string, double>[] real = [.. Enumerable.Range(0, options.Repeat).Select(_ => PowerShell.Run(shell, workspace, Script(module.Manifest, store, queries, options.ManyRunbooks)))];
        foreach (Query query in queries)
        {
            yield return First($"Get-SMRunbook {query.What} in PowerShell, first object, {size}", [.. real.Select(r => r[query.Key].Min())], walks[query]);
        }

        yield return Streams($"Get-SMRunbook in PowerShell streams {size}", real.SelectMany(r => r["growth"]));
    }

    /// <summary>Of the last runbook in the index, where a query that goes along it gets to last.</summary>
    private static IEnumerable<Query> Queries(string path)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        List<Runbook> all = [.. store.FindRunbooks(new RunbookQuery(), default).Select(r => r.Runbook).OrderBy(r => Library.NamePattern.Key(r.Name), System.StringComparer.Ordinal)];
        Runbook last = all[^1];
        string escaped = last.Name.Replace("`", "``").Replace("[", "`[").Replace("*", "`*").Replace("?", "`?");
        yield return new Query("by exact name", "Name", escaped);
        yield return new Query("by path", "Path", all[all.Count / 2].Path);
        yield return new Query("by wildcard behind a start", "Name", escaped[..^1] + "*");
        yield return new Query("by wildcard in the middle", "Name", "*e*r*");
        yield return new Query("by wildcard that only the last one fits", "Name", "*" + escaped[1..], IsWalk: true);
    }

    private static Row First(string what, double[] times, double[] walks)
    {
        if (walks.Length > 0)
        {
            return Row.AtMost(what, times, walks, "(bare walk)", WalkBar);
        }

        double median = Median.Of(times);
        return new Row(what, Row.Milliseconds(median), string.Empty, string.Empty, $"≤ {Row.Milliseconds(MostMilliseconds)}", median <= MostMilliseconds);
    }

    private static Row Streams(string what, IEnumerable<double> growths)
    {
        double growth = Median.Of(growths);
        return new Row(what, $"{growth / 1024:+0;-0;0} KiB alive", "at the beginning", string.Empty, $"< {Row.Mebibytes(MostGrowth)}", growth < MostGrowth);
    }

    private static string Script(string manifest, string store, IEnumerable<Query> queries, int runbooks)
    {
        StringWriter script = new(CultureInfo.InvariantCulture);
        script.WriteLine($"Import-Module {PowerShell.Quote(manifest)}");
        foreach (Query query in queries)
        {
            script.WriteLine($$"""
                $query = @{ {{query.Parameter}} = {{PowerShell.Quote(query.Value)}}; StatePath = {{PowerShell.Quote(store)}} }
                foreach ($i in 1..45) {
                    $watch = [Diagnostics.Stopwatch]::StartNew()
                    $ms = Get-SMRunbook @query | ForEach-Object { $watch.Elapsed.TotalMilliseconds } | Select-Object -First 1
                    if ($i -gt 30) { [string]::Format([cultureinfo]::InvariantCulture, '{{query.Key}} {0:R}', $ms) }
                }
                """);
        }

        script.WriteLine($$"""
            $passed = 0
            Get-SMRunbook -StatePath {{PowerShell.Quote(store)}} | ForEach-Object {
                $passed++
                if ($passed -eq 500) { $early = [GC]::GetTotalMemory($true) }
                if ($passed -eq {{runbooks - 500}}) { 'growth ' + ([GC]::GetTotalMemory($true) - $early) }
            }
            """);
        return script.ToString();
    }

    /// <param name="What">What is asked.</param>
    /// <param name="Parameter">The cmdlet's parameter.</param>
    /// <param name="Value">Its value.</param>
    /// <param name="IsWalk">Whether the whole index has to be gone through.</param>
    private sealed record Query(string What, string Parameter, string Value, bool IsWalk = false)
    {
        public string Key => What.Replace(' ', '-');
    }
}
