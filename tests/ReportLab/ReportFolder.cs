using System;
using System.IO;
using OrchestratorConnector.Report;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.ReportLab;

/// <summary>The reports that are looked at, each made when it is first asked for; gone at the end.</summary>
internal sealed class ReportFolder : IDisposable
{
    /// <summary>How many runbooks a large library has.</summary>
    public const int LargeLibrary = 20_000;

    /// <summary>Names that are not to become anything but text.</summary>
    public static readonly string[] StrangeNames =
    [
        "</script><img src=x onerror=\"window.harmed = true\">",
        "<!--<script>",
        "' onload='window.harmed = true",
        "\u202Etxt.exe \u05E9\u05DC\u05D5\u05DD",
        "\U0001F680 \U0001F469\u200D\U0001F4BB e\u0301",
        new string('W', 300),
        "control \u0001 and half \uD83D",
        "{{script}} ${x} \\u003c &lt;",
    ];

    // A Thursday, so that the picture is the same whenever it is taken.
    private static readonly DateTime Moment = new(2026, 3, 12, 14, 20, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("reports-").FullName;

    /// <summary>Two weeks of work.</summary>
    public string TwoWeeks => Made("two-weeks", path => ReportLab.TwoWeeks.Fill(path, Moment));

    /// <summary>A store that nothing was ever put into.</summary>
    public string Empty => Made("empty", path => SqliteStateStore.Open(path).Dispose());

    /// <summary>Strange names everywhere.</summary>
    public string Strange => Made("strange", path => Stores.FillStrange(path, StrangeNames), DateTime.UtcNow);

    /// <summary>Many runbooks in one folder.</summary>
    public string Flat => Made("flat", path => Stores.FillFlat(path, 1_201), DateTime.UtcNow);

    /// <summary>A large library.</summary>
    public string Large => Made("large", path => Stores.FillLarge(path, LargeLibrary), DateTime.UtcNow);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Made(string name, Action<string> fill, DateTime? now = null)
    {
        string report = Path.Combine(_folder, name + ".html");
        if (!File.Exists(report))
        {
            string path = Path.Combine(_folder, name + ".db");
            fill(path);
            Write(path, report, now ?? Moment);
        }

        return report;
    }

    private static void Write(string path, string report, DateTime now)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path, new SqliteStoreOptions { UtcNow = () => now });
        using FileStream stream = File.Create(report);
        RunbookReport.Write(store, new ReportOptions { Since = now.AddDays(-14), Now = now, Zone = TimeZoneInfo.Utc, Machine = "SM01" }, stream, default);
    }
}
