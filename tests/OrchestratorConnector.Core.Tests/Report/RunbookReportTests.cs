using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Xml.Linq;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Report;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using OrchestratorConnector.Sync;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Report;

/// <summary>The page about a store.</summary>
public sealed class RunbookReportTests : IDisposable
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.CreateCustomTimeZone("Berlin in winter", TimeSpan.FromHours(1), null, null);

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly SqliteStateStore _store;

    public RunbookReportTests() => _store = SqliteStateStore.Open(_folder.File("state.db"), new SqliteStoreOptions { UtcNow = () => _clock.Now });

    /// <summary>Names that would do something if they were anything but text.</summary>
    public static TheoryData<string> StrangeNames =>
    [
        "</script><img src=x onerror=alert(1)>",
        "<!--<script>",
        "]]>",
        "' \" & &lt; \\ / {{title}}",
        "\u202Eשלום",
        "🚀 👩‍💻 e\u0301",
        new string('W', 300),
        "control \u0001\u007F\r\n\u2028\u2029 end",
        "half \uD83D and \uDE80 half",
        "\uFFFE\uFFFF",
    ];

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_is_one_page_that_asks_for_nothing()
    {
        Fill();

        ReportPage page = Make();

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Html.Descendants(), e => e.Name.LocalName is "link" or "img" or "iframe" or "object" or "embed" or "base" or "image" or "use");
        Assert.All(page.Html.Descendants().Attributes("href"), a => Assert.StartsWith("#", a.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Html.Descendants().Attributes(), a => a.Name.LocalName is "src" or "action" or "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("//", Regex.Replace(page.Script, @"(?m)^\s*//.*$", ""), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"url\(|@import|//", page.Style);
    }

    [Fact]
    public void Its_policy_allows_its_own_style_and_script_alone()
    {
        ReportPage page = Make();

        string policy = page.Html.Descendants("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.Equal($"default-src 'none'; style-src '{Hash(page.Style)}'; script-src '{Hash(page.Script)}'; base-uri 'none'; form-action 'none'", policy);

        static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Every_id_is_there_once_and_every_reference_leads_to_one()
    {
        Fill();

        XElement html = Make().Html;

        string[] ids = [.. html.Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
        IEnumerable<string> used = html.Descendants().Attributes().Where(a => a.Name.LocalName is "aria-labelledby" or "aria-describedby" or "for").SelectMany(a => a.Value.Split(' '))
            .Concat(html.Descendants().Attributes("href").Select(a => a.Value[1..]))
            .Concat(html.Descendants().Attributes("fill").Select(a => a.Value[5..^1]));
        Assert.Empty(used.Except(ids));
    }

    [Fact]
    public void Every_table_has_a_caption_and_every_heading_cell_a_scope()
    {
        Fill();

        XElement html = Make().Html;

        Assert.Equal(5, html.Descendants("table").Count());
        Assert.All(html.Descendants("table"), t => Assert.NotEmpty(t.Element("caption")!.Value));
        Assert.All(html.Descendants("th"), h => Assert.Equal(h.Parent!.Parent!.Name == "thead" ? "col" : "row", h.Attribute("scope")?.Value));
        Assert.All(html.Descendants("table"), t => Assert.All(
            t.Descendants("tr"),
            r => Assert.Equal(t.Element("thead")!.Descendants("th").Count(), r.Elements().Sum(c => (int?)c.Attribute("colspan") ?? 1))));
    }

    [Fact]
    public void A_store_that_nothing_was_put_into_says_so()
    {
        ReportPage page = Make();

        Assert.Equal("Connectors No connector is registered.", page.Section("connectors"));
        Assert.Equal("Jobs No job was started here since 2026-01-30 03:00.", page.Section("jobs"));
        Assert.Equal("Contract changes No contract changed since 2026-01-30 03:00.", page.Section("contracts"));
        Assert.Equal("Synchronizations Nothing was synchronized since 2026-01-30 03:00.", page.Section("synchronizations"));
        Assert.Equal("Overview Connectors 0 Runbooks 0 Missing 0 Invalid 0 Contract changes 0 Jobs 0", page.Section("overview"));
        Assert.Empty(page.Runbooks());
    }

    [Fact]
    public void It_says_when_where_and_from_what_it_was_made()
    {
        ReportPage page = Make();

        string origin = ReportPage.Words(page.Html.Descendants("div").Single(d => (string?)d.Attribute("class") == "origin"));
        Assert.Equal($"Made 2026-03-01 03:00 on SM01 . Times are that machine\u2019s, UTC+01:00. Store {_store.Location}", origin);
        Assert.Equal("A <title> & more", page.Html.Descendants("title").First().Value);
        Assert.Equal("A <title> & more", page.Html.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Connectors_are_told_with_their_last_runs()
    {
        Fill();

        Assert.Equal(
            [
                ["Broken", "Yes", "Finished With Error", "2026-03-01 04:00", "2026-03-01 04:00", "1.5 s", "", "2026-03-02 02:00", "0"],
                ["The server is gone."],
                ["Main", "Yes", "Finished Success", "2026-03-01 04:00", "2026-03-01 04:00", "0 ms", "2026-03-01 04:00", "2026-03-02 02:00", "3"],
                ["Never", "No", "Never Run", "", "", "", "", "", "0"],
                ["Working", "Yes", "Running, 40 %", "2026-03-01 04:00", "", "", "", "2026-03-01 08:00", "0"],
            ],
            Make().Table("Connectors and their last runs"));
    }

    [Fact]
    public void Synchronizations_are_told_with_what_they_found()
    {
        Fill();

        Assert.Equal(
            [
                ["2026-03-01 04:00", "Working", "Running", "", "0", "0", "0", "0", "0", "0"],
                ["2026-03-01 04:00", "Broken", "Finished With Error", "1.5 s", "0", "0", "0", "0", "0", "0"],
                ["The server is gone."],
                ["2026-03-01 04:00", "Main", "Finished Success", "0 ms", "2", "0", "2", "1", "0", "1"],
                ["2026-03-01 03:00", "Main", "Finished Success", "0 ms", "3", "3", "0", "0", "0", "0"],
            ],
            Make().Table("Synchronizations, the newest first"));
    }

    [Fact]
    public void Contract_changes_are_told_by_parameter()
    {
        Fill();

        ReportPage page = Make();

        Assert.Equal(
            [
                [@"\Ops\Runbook 1", "Main", "2026-03-01 04:00", "Names", "Out ' Result ' was String, is Integer now In ' Reason ' is new In ' Computer ' is called ' Server ' now In ' User ' is gone"],
                [@"\Ops\Runbook 2", "Main", "2026-03-01 04:00", "Ids only", "In ' Computer ' has another id"],
            ],
            page.Table("Contract changes, the newest first"));
        Assert.Contains("2 changes since", page.Section("contracts"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_was_turned_round_is_told()
    {
        Connector connector = _store.AddConnector(Samples.Connector());
        Commit(connector, Samples.Runbook(1, parameters: Samples.Parameter(1, "Result")));
        Commit(connector, Samples.Runbook(1, parameters: Samples.Parameter(1, "Result", ParameterDirection.Out)));

        Assert.Equal("' Result ' was In, is Out now", Make().Table("Contract changes, the newest first")[0][4]);
    }

    [Fact]
    public void Many_contract_changes_are_counted_and_the_newest_listed()
    {
        Connector connector = _store.AddConnector(Samples.Connector());
        int many = SyncSummary.MostChanges + 1;
        Commit(connector, [.. Enumerable.Range(0, many).Select(i => Samples.Runbook(i, parameters: Samples.Parameter(1, "P")))]);
        Commit(connector, [.. Enumerable.Range(0, many).Select(i => Samples.Runbook(i, parameters: Samples.Parameter(2, "P")))]);

        ReportPage page = Make();

        Assert.Equal(SyncSummary.MostChanges, page.Table("Contract changes, the newest first").Length);
        Assert.Contains("The last 200 of 201 since", page.Section("contracts"), StringComparison.Ordinal);
        Assert.Contains("Contract changes 201 ", page.Section("overview"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_is_all_there_by_path()
    {
        Fill();

        ReportPage page = Make();

        Assert.Equal(
            [
                @"Main|\Ops|Runbook 1|Invalid|In Reason String, In Server String, Out Result Integer",
                @"Main|\Ops|Runbook 2|Active|In Computer String",
                @"Main|\|Runbook 3|Missing|",
            ],
            page.Runbooks().Order(StringComparer.Ordinal));
        Assert.Contains("Runbooks 3 Missing 1 Invalid 1 ", page.Section("overview"), StringComparison.Ordinal);
        Assert.Equal(
            ["=Any (3)", "0=Active (1)", "1=Invalid (1)", "2=Missing (1)"],
            page.Html.Descendants("option").Select(o => $"{o.Attribute("value")!.Value}={o.Value}"));
    }

    [Fact]
    public void What_repeats_in_the_library_is_there_once()
    {
        Connector connector = _store.AddConnector(Samples.Connector());
        Commit(connector, [.. Enumerable.Range(0, 50).Select(i => Samples.Runbook(i, folder: i % 2 == 0 ? @"\Ops" : @"\OPS", parameters: Samples.Parameter(i, "Computer")))]);

        ReportPage page = Make();

        Assert.Equal(50, page.Data.GetProperty("runbooks").GetArrayLength());
        Assert.Equal(1, page.Data.GetProperty("folders").GetArrayLength());
        Assert.Equal(1, page.Data.GetProperty("parameters").GetArrayLength());
        Assert.Equal(1, page.Data.GetProperty("connectors").GetArrayLength());
    }

    [Fact]
    public void Times_of_the_library_are_minutes_of_the_machine_that_made_it()
    {
        Connector connector = _store.AddConnector(Samples.Connector());
        Commit(connector, Samples.FullRunbook(), Samples.Runbook(2));

        Dictionary<string, long> modified = Make().Data.GetProperty("runbooks").EnumerateArray().ToDictionary(r => r[0].GetString()!, r => r[3].GetInt64());

        Assert.Equal(new DateTime(2021, 1, 2, 4, 4, 0), DateTime.UnixEpoch.AddMinutes(modified[Samples.FullRunbook().Name]));
        Assert.Equal(0, modified["Runbook 2"]);
    }

    [Fact]
    public void Only_the_connectors_that_are_asked_for_are_in_it()
    {
        Fill();
        Connector other = _store.AddConnector(Samples.Connector("Other"));
        Commit(other, Samples.Runbook(9, "Somewhere else"));
        _store.AddJob(Samples.Job("Somewhere else") with { ConnectorId = other.Id, Connector = "Other" });

        ReportPage page = Make("o*");

        Assert.Equal(["Other"], page.Table("Connectors and their last runs").Select(r => r[0]));
        Assert.Equal(["Other"], page.Table("Synchronizations, the newest first").Select(r => r[1]));
        Assert.Equal([@"Other|\Ops|Somewhere else|Active|"], page.Runbooks());
        Assert.Contains("Jobs 1", page.Section("overview"), StringComparison.Ordinal);
        Assert.Equal("Connectors No registered connector has such a name.", Make("nothing*").Section("connectors"));
    }

    [Fact]
    public void A_removed_connector_leaves_its_runbooks_and_its_past()
    {
        Connector connector = _store.AddConnector(Samples.Connector());
        Commit(connector, Samples.Runbook(1));
        _store.AddJob(Samples.Job() with { ConnectorId = connector.Id, Status = JobStatus.Failed });
        _store.RemoveConnector(connector, keepRunbooks: true);

        ReportPage page = Make();

        Assert.Equal("Connectors No connector is registered.", page.Section("connectors"));
        Assert.Equal([@"Main (removed)|\Ops|Runbook 1|Pending Delete|"], page.Runbooks());
        Assert.Single(page.Table("Synchronizations, the newest first"));
        Assert.Single(page.Table("Runbooks whose last job failed, the newest first"));
    }

    [Fact]
    public void What_was_before_is_left_out()
    {
        Fill();
        _clock.Advance(TimeSpan.FromDays(40));

        ReportPage page = Make();

        Assert.Contains("Nothing was synchronized since", page.Section("synchronizations"), StringComparison.Ordinal);
        Assert.Contains("No contract changed since", page.Section("contracts"), StringComparison.Ordinal);
        Assert.Contains("No job was started here since", page.Section("jobs"), StringComparison.Ordinal);
        Assert.Equal(3, page.Runbooks().Count());
    }

    [Theory]
    [MemberData(nameof(StrangeNames))]
    public void A_strange_name_stays_text(string name)
    {
        Connector connector = _store.AddConnector(Samples.Connector(name.Length > 60 ? name[..60] : name));
        Commit(connector, Samples.Runbook(1, name, @"\" + name, name, Samples.Parameter(1, name)));
        Commit(connector, Samples.Runbook(1, name, @"\" + name, name, Samples.Parameter(2, name)));
        _store.AddJob(Samples.Job(name, JobStatus.Failed) with { ConnectorId = connector.Id, Connector = connector.Name, FailedActivity = name });
        _store.FailSync(_store.BeginSync(connector, force: true), name, Samples.Totals);

        ReportPage page = Make(title: name);

        Assert.Equal(name, page.Data.GetProperty("runbooks")[0][0].GetString(), NormalizedComparer.Instance);
        Assert.Equal(name, page.Data.GetProperty("parameters")[0][0].GetString(), NormalizedComparer.Instance);
        Assert.Contains(page.Html.Descendants("bdi"), b => NormalizedComparer.Instance.Equals(b.Value, name));
        Assert.Equal(2, Regex.Count(page.Text, "<script"));
        Assert.DoesNotContain("<img", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u0001", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_job_was_given_or_gave_back_is_in_it()
    {
        Connector connector = _store.AddConnector(Samples.Connector());
        _store.AddAccount(Samples.Account("Hidden account"));
        _store.AddJob(Samples.FullJob() with
        {
            ConnectorId = connector.Id,
            Status = JobStatus.Failed,
            RequestTime = _clock.Now,
            Parameters = [Samples.Pair("Reason", "given value")],
            Outputs = [Samples.Pair("Result", "returned value")],
            Error = "error with a given value",
            StartedBy = "who started",
        });

        string text = Make().Text;

        Assert.Contains("Send mail", text, StringComparison.Ordinal);
        Assert.All(["given value", "returned value", "who started", "Hidden account", @"CONTOSO\o'brien"], hidden => Assert.DoesNotContain(hidden, text, StringComparison.Ordinal));
    }

    [Fact]
    public void It_can_be_stopped()
    {
        Fill();
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => RunbookReport.Write(_store, Options(), Stream.Null, stop.Token));
    }

    [Fact]
    public void The_stream_stays_open()
    {
        using MemoryStream stream = new();

        RunbookReport.Write(_store, Options(), stream, default);

        Assert.True(stream.CanWrite);
        Assert.NotEqual(0xEF, stream.ToArray()[0]);
    }

    [Fact]
    public void The_parts_that_stand_as_files_are_in_it_as_they_are()
    {
        ReportPage page = Make();

        Assert.Contains("\"use strict\";", page.Script, StringComparison.Ordinal);
        Assert.Contains("prefers-reduced-motion", page.Style, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", Regex.Replace(page.Text, "(?s)<(style|script).*?</\\1>", ""), StringComparison.Ordinal);
    }

    /// <summary>Connectors in every state; of "Main" two contracts changed, one that something depends on, and a runbook went.</summary>
    private void Fill()
    {
        Connector main = _store.AddConnector(Samples.Connector());
        _store.AddConnector(Samples.Connector("Never") with { Enabled = false });
        Connector broken = _store.AddConnector(Samples.Connector("Broken"));
        Connector working = _store.AddConnector(Samples.Connector("Working") with { Schedule = SyncSchedule.Interval(TimeSpan.FromHours(4)) });
        Commit(
            main,
            Samples.Runbook(1, parameters: [Samples.Parameter(1, "Computer"), Samples.Parameter(2, "User"), Samples.Parameter(3, "Result", ParameterDirection.Out)]),
            Samples.Runbook(2, parameters: [Samples.Parameter(4, "Computer")]),
            Samples.Runbook(3, folder: ""));
        _clock.Advance(TimeSpan.FromHours(1));
        Commit(
            main,
            Samples.Runbook(1, parameters:
            [
                Samples.Parameter(1, "Server"),
                Samples.Parameter(5, "Reason"),
                new RunbookParameter { Id = Samples.Id(3), Name = "Result", Type = "Integer", Description = "How many.", Direction = ParameterDirection.Out },
            ]),
            Samples.Runbook(2, parameters: [Samples.Parameter(6, "Computer")]));
        SyncLease lease = _store.BeginSync(broken, force: false);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        _store.FailSync(lease, "The server is gone.", Samples.Totals);
        _store.RenewSync(_store.BeginSync(working, force: false), 40);
        _store.AddJob(Samples.Job(status: JobStatus.Failed) with { ConnectorId = main.Id });
    }

    private void Commit(Connector connector, params Runbook[] runbooks)
    {
        SyncCommit plain = Samples.Commit();
        SyncCommit commit = new()
        {
            Compare = RunbookDifference.Compare,
            Invalidates = pair => pair is { Before: { } before, After: { } after } && before.Runbook.Parameters!.Count > 1 && after.Parameters!.Count > 1 ? "It is used." : null,
            MarkMissing = true,
            MissingReason = plain.MissingReason,
            Totals = plain.Totals,
        };
        Samples.Sync(_store, connector, commit, runbooks);
    }

    private ReportOptions Options(string? connector = null, string title = "A <title> & more") => new()
    {
        Title = title,
        Connectors = connector is null ? [] : [NamePattern.Parse(connector)],
        Since = _clock.Now.AddDays(-30),
        Now = _clock.Now,
        Zone = Berlin,
        Machine = "SM01",
    };

    private ReportPage Make(string? connector = null, string title = "A <title> & more") => ReportPage.Of(_store, Options(connector, title));

    /// <summary>What a page cannot hold is a mark on it, and line ends are all one to it.</summary>
    private sealed class NormalizedComparer : IEqualityComparer<string?>
    {
        public static NormalizedComparer Instance { get; } = new();

        public bool Equals(string? x, string? y) => Normal(x!) == Normal(y!);

        public int GetHashCode(string? text) => 0;

        private static string Normal(string text) => Regex.Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), @"[\u0001\uD83D\uDE80\uFFFD-\uFFFF]", "?");
    }
}
