using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>Fills a model with what a grown installation looks like, the same for the same random numbers.</summary>
internal sealed class SourceGenerator
{
    private static readonly string[] Areas = ["00-Test", "Active Directory", "R&D", "Büro München", "Réseau", "Exchange", "SQL Server", "監視", "Patching", "Лаборатория"];
    private static readonly string[] Topics = ["Users", "Groups", "Mail boxes", "Backup & Restore", "Prüfungen", "Schedules", "Monitoring", "Helpers", "Archive", "Données"];
    private static readonly string[] Verbs = ["Sync", "Reset", "Create", "Prüfe", "Restart", "Notify", "Export", "Créer", "Move", "Clean up"];
    private static readonly string[] Things = ["Password", "Portal Users", "R&D Share", "Server", "Größenreport", "Mailbox", "Service \"Spooler\"", "Snapshot", "Ticket <open>", "Утилита"];

    private static readonly string[] ParameterNames =
        ["Computer name", "User", "Result", "Größe", "R&D code", "Error text", "Path", "Número", "Exit code", "Owner's mail", "Time out", "Summary"];

    private static readonly string[] Descriptions =
        ["Nightly run.", "Ask the owner & wait < 5 minutes.", "Schritt 1: prüfen\r\nSchritt 2: melden", "", "Do not start by hand.", "  indented on purpose "];

    private readonly SourceModel _model;
    private readonly Random _random;

    internal SourceGenerator(SourceModel model, Random random)
    {
        _model = model;
        _random = random;
    }

    internal void Fill(int runbooks, int parametersPerRunbook, int folders, int servers)
    {
        List<SourceFolder> tree = Folders(folders);
        for (int i = 0; i < runbooks; i++)
        {
            AddRunbook(i, parametersPerRunbook, FolderFor(i, tree));
        }

        for (int i = 0; i < servers; i++)
        {
            _ = _model.AddServer(string.Create(CultureInfo.InvariantCulture, $"RBS{i + 1:00}"));
        }
    }

    /// <summary>Areas first, then topics below them and below one another, at most four deep.</summary>
    private List<SourceFolder> Folders(int count)
    {
        var made = new List<SourceFolder>(count);
        while (made.Count < count)
        {
            int i = made.Count;
            string path = i < Areas.Length ? Areas[i] : Numbered(Topics[i % Topics.Length], i / Topics.Length);
            if (i >= Areas.Length)
            {
                SourceFolder above = made[_random.Next(made.Count)];
                path = above.Path.Count(letter => letter == '\\') < 4 ? above.Path + "\\" + path : path;
            }

            made.Add(_model.AddFolder(path));
        }

        return made;
    }

    /// <summary>Each folder gets one before chance decides; one in 97 lies in the root itself.</summary>
    private Guid FolderFor(int index, List<SourceFolder> tree)
    {
        if (tree.Count == 0 || index % 97 == 96)
        {
            return Guid.Empty;
        }

        return (index < tree.Count ? tree[index] : tree[_random.Next(tree.Count)]).Id;
    }

    private void AddRunbook(int index, int parameters, Guid folderId)
    {
        string verb = Verbs[index % Verbs.Length];
        string thing = Things[index / Verbs.Length % Things.Length];
        string name = Numbered($"{verb} {thing}", index / (Verbs.Length * Things.Length));
        DateTime born = Time(new DateTime(2020, 4, 1, 0, 0, 0, DateTimeKind.Utc), 1500);
        DateTime changed = Time(born.AddMinutes(5), 200);
        _ = _model.AddRunbook(folderId, name, Enumerable.Range(0, parameters).Select(Parameter), runbook =>
        {
            runbook.Description = _random.Next(3) == 0 ? Descriptions[index % Descriptions.Length] : null;
            runbook.CreatedBy = _random.Next(16) == 0 ? null : Sid();
            runbook.CreationTime = born;
            runbook.LastModifiedBy = Sid();
            runbook.LastModifiedTime = changed;
            runbook.IsMonitor = index % 11 == 5;
            if (index % 23 == 7)
            {
                runbook.CheckedOutBy = Sid();
                runbook.CheckedOutTime = changed.AddSeconds(90);
            }
        });
    }

    private static (string Name, string Direction) Parameter(int index)
    {
        return (Numbered(ParameterNames[index % ParameterNames.Length], index / ParameterNames.Length), index % 3 == 2 ? "Out" : "In");
    }

    private static string Numbered(string text, int round)
    {
        return round == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} {round + 1}");
    }

    private string Sid()
    {
        int account = _random.Next(8);
        return account == 0
            ? "S-1-5-500"
            : string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-1111111111-2222222222-3333333333-{1100 + account}");
    }

    /// <summary>A time with no, one, two or three digits of a second's fraction (facts A.4).</summary>
    private DateTime Time(DateTime from, int days)
    {
        DateTime time = from.AddSeconds(_random.Next(days * 86_400));
        time = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        return time.AddMilliseconds(_random.Next(4) switch
        {
            0 => 0,
            1 => _random.Next(1, 10) * 100,
            2 => _random.Next(1, 100) * 10,
            _ => _random.Next(1, 1000),
        });
    }
}
