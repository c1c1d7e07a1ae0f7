using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.ReportLab;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The report of a large library: how long it takes to write, how much more memory than that of a small one, and how long until
/// it can be used in a browser.
/// </summary>
internal sealed class ReportOpening : IMeasurement
{
    private const double MostMilliseconds = 2000;

    public string Name => "report";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        string few = Store(options.FewRunbooks, options, workspace);
        string many = Store(options.Runbooks, options, workspace);
        string report = workspace.NewPath("html");
        List<double> times = [];
        List<double> small = [];
        List<double> large = [];
        for (int i = 0; i < options.Repeat; i++)
        {
            small.AddRange(Child.Run("report", ("store", few), ("report", report))["peak"]);
            ILookup<string, double> reported = Child.Run("report", ("store", many), ("report", report));
            large.AddRange(reported["peak"]);
            times.AddRange(reported["ms"]);
        }

        string size = $"{options.Runbooks:N0} runbooks, {Row.Mebibytes(new FileInfo(report).Length)}";
        double growth = Median.Of(large) - Median.Of(small);
        yield return new Row($"report of {size}, written in a fresh process", Row.Milliseconds(Median.Of(times)), string.Empty, string.Empty, string.Empty, null);
        yield return new Row(
            $"its peak memory, {options.FewRunbooks:N0} to {options.Runbooks:N0} runbooks",
            Row.Mebibytes(Median.Of(large)),
            Row.Mebibytes(Median.Of(small)),
            $"{(growth < 0 ? "" : "+")}{Row.Mebibytes(growth)}",
            string.Empty,
            null);
        if (Browser.Find() is not { } browser)
        {
            yield return new Row("report opened", "no Chromium here", string.Empty, string.Empty, string.Empty, null);
            yield break;
        }

        double interactive = Median.Of(OpenAsync(browser, report, options.Repeat).GetAwaiter().GetResult());
        yield return new Row($"report of {size}, opened until it can be used", Row.Milliseconds(interactive), string.Empty, string.Empty, $"≤ {Row.Milliseconds(MostMilliseconds)}", interactive <= MostMilliseconds);
    }

    private static string Store(int runbooks, BenchmarkOptions options, Workspace workspace)
    {
        string store = workspace.NewPath("db");
        using Source source = new(runbooks, options.Parameters);
        Child.Run("sync", ("store", store), ("url", source.WebApiUrl), ("protocol", ConnectorProtocol.WebApi), ("runbooks", runbooks));
        return store;
    }

    /// <summary>Each time in a browser that was just started.</summary>
    private static async Task<IReadOnlyList<double>> OpenAsync(string path, string report, int times)
    {
        List<double> taken = [];
        for (int i = 0; i < times; i++)
        {
            await using Browser browser = await Browser.StartAsync(path);
            taken.Add((await Opening.TimeAsync(await browser.OpenAsync(), report)).Interactive);
        }

        return taken;
    }
}
