using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.ReportLab;

/// <summary>
/// A store as it looks after two weeks of work: connectors that were synchronized every night, one of them not well of late,
/// runbooks and contracts that changed, and jobs of every outcome. The same for the same moment.
/// </summary>
internal sealed class TwoWeeks : IDisposable
{
    private const int Days = 14;

    private static readonly (string Folder, string[] Names)[] Folders =
    [
        (@"\Exchange", ["Archive Mailbox", "Create Mailbox", "Grant Mailbox Access", "Move Mailbox", "Release Message"]),
        (@"\Identity\Joiners", ["Add to Groups", "Assign Licence", "Create User", "Send Welcome Mail"]),
        (@"\Identity\Leavers", ["Archive Home Folder", "Disable User", "Revoke Licence"]),
        (@"\Identity\Self Service", ["Reset Password", "Unlock Account"]),
        (@"\Network", ["Add DNS Record", "Open Firewall Port", "Reserve Address"]),
        (@"\Operations", ["Check Disk Space", "Clean Up Disk", "Collect Logs", "Restart Server", "Restart Service"]),
        (@"\Operations\Monitoring", ["Acknowledge Alert", "Start Maintenance", "Watch Event Log"]),
        (@"\Patching\Ring 1", ["Approve Updates", "Install Updates", "Report Compliance"]),
        (@"\Patching\Ring 2", ["Approve Updates", "Install Updates", "Report Compliance"]),
        (@"\SQL Server", ["Back Up Database", "Restore Database", "Shrink Log"]),
        (@"\Virtual Machines", ["Create Virtual Machine", "Remove Snapshot", "Resize Virtual Machine", "Take Snapshot"]),
    ];

    private readonly SqliteStateStore _store;
    private readonly Random _random = new(11);
    private readonly List<Runbook> _runbooks = [.. Folders.SelectMany(f => f.Names.Select(n => Stores.NewRunbook(f.Folder, n, Describe(n), Inputs(f.Folder))))];
    private DateTime _now;

    private TwoWeeks(string path, DateTime end)
    {
        _now = end.Date.AddDays(-Days);
        _store = SqliteStateStore.Open(path, new SqliteStoreOptions { UtcNow = () => _now });
    }

    /// <summary>Fills a new store.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="end">The moment up to which it goes, in UTC.</param>
    public static void Fill(string path, DateTime end)
    {
        using TwoWeeks weeks = new(path, end);
        weeks.Fill(end);
    }

    public void Dispose() => _store.Dispose();

    private static string Describe(string name) => $"{name}, asked for at the service portal. Answers with a result.";

    private static string[] Inputs(string folder) => folder.Split('\\')[1] switch
    {
        "Exchange" => ["Mailbox", "Ticket", "Result"],
        "Identity" => ["User", "Manager", "Ticket", "Result"],
        "SQL Server" => ["Instance", "Database", "Result"],
        "Operations" => ["Computer Name", "Service Name", "Result"],
        _ => ["Computer Name", "Ticket", "Result"],
    };

    private void Fill(DateTime end)
    {
        Connector production = _store.AddConnector(Stores.NewConnector("Production"));
        Connector test = _store.AddConnector(Stores.NewConnector("Test") with { Schedule = SyncSchedule.Interval(TimeSpan.FromHours(12)) });
        Connector branches = _store.AddConnector(Stores.NewConnector("Branch Offices"));
        _store.AddConnector(Stores.NewConnector("Laboratory") with { Enabled = false });
        for (int day = 0; day <= Days; day++)
        {
            DateTime midnight = end.Date.AddDays(day - Days);
            Change(day);
            At(midnight.AddHours(2));
            Sync(production, _runbooks, 4_200);
            Sync(test, [.. _runbooks.Where(r => r.Path.StartsWith(@"\Operations", StringComparison.Ordinal) || r.Path.StartsWith(@"\Patching", StringComparison.Ordinal))], 1_900);
            if (day < Days - 1)
            {
                Sync(branches, [.. _runbooks.Where(r => r.Path.StartsWith(@"\Network", StringComparison.Ordinal))], 7_400);
            }
            else
            {
                _now = _now.AddSeconds(2);
                Stores.Fail(_store, branches, @"The server 'scorch07' does not accept the credentials of 'CONTOSO\svc-branch' (401, Negotiate and NTLM were tried).", () => _now = _now.AddMilliseconds(640));
            }

            StartJobs(production, midnight, day == Days ? end : midnight.AddHours(19));
        }
    }

    /// <summary>What somebody did in the Runbook Designer that day.</summary>
    private void Change(int day)
    {
        switch (day)
        {
            case 3:
                Replace("Create User", r => Parameters(r, r.Parameters!.Append(Stores.NewParameter(r.Path, "Cost Center", isOutput: false))));
                break;
            case 6:
                // The start activity was built anew: the names stayed, the ids did not.
                Replace("Move Mailbox", r => Parameters(r, r.Parameters!.Select(p => Stores.NewParameter(r.Path + " anew", p.Name, p.Direction == ParameterDirection.Out))));
                break;
            case 9:
                _runbooks.RemoveAll(r => r.Name == "Shrink Log");
                _runbooks.Add(Stores.NewRunbook(@"\SQL Server", "Check Integrity", Describe("Check Integrity"), Inputs(@"\SQL Server")));
                break;
            case 12:
                Replace("Restart Service", r => Parameters(r, r.Parameters!.Select(p => p.Name == "Service Name" ? Renamed(p, "Service") : p)));
                break;
        }

        static RunbookParameter Renamed(RunbookParameter p, string name) => new() { Id = p.Id, Name = name, Type = p.Type, Direction = p.Direction };
    }

    private void Replace(string name, Func<Runbook, Runbook> change)
    {
        for (int i = 0; i < _runbooks.Count; i++)
        {
            _runbooks[i] = _runbooks[i].Name == name ? change(_runbooks[i]) : _runbooks[i];
        }
    }

    private Runbook Parameters(Runbook runbook, IEnumerable<RunbookParameter> parameters) => new()
    {
        Id = runbook.Id,
        FolderId = runbook.FolderId,
        Name = runbook.Name,
        Path = runbook.Path,
        Description = runbook.Description,
        LastModifiedTime = _now,
        Parameters = RunbookContract.Normalize(parameters),
    };

    private void At(DateTime time) => _now = time > _now ? time : _now;

    private void Sync(Connector connector, IReadOnlyList<Runbook> runbooks, int milliseconds)
    {
        _now = _now.AddSeconds(3);
        Stores.Sync(_store, connector, runbooks, r => r.Name == "Restart Service" && r.Parameters!.Any(p => p.Name == "Service"), () => _now = _now.AddMilliseconds(milliseconds + _random.Next(milliseconds / 4)));
    }

    /// <summary>Few jobs at the weekend, many on other days, and Wednesdays that go badly.</summary>
    private void StartJobs(Connector connector, DateTime midnight, DateTime until)
    {
        int jobs = midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? _random.Next(4, 9) : _random.Next(24, 46);
        bool isBad = midnight.DayOfWeek == DayOfWeek.Wednesday;
        for (int i = 0; i < jobs; i++)
        {
            DateTime time = midnight.AddHours(6).AddMinutes(i * 13.0 * 60 / jobs);
            if (time < until)
            {
                At(time);
                _store.AddJob(Ended(Stores.NewJob(connector, _runbooks[_random.Next(_runbooks.Count)], JobStatus.Completed), isBad));
            }
        }
    }

    private JobRecord Ended(JobRecord job, bool isBad) => _random.Next(100) switch
    {
        var n when n < (isBad ? 20 : 3) => job with { InstanceStatus = InstanceStatus.Failed, FailedActivity = _random.Next(2) == 0 ? "Query Directory" : "Run PowerShell" },
        < 36 and > 28 => job with { InstanceStatus = InstanceStatus.Warning },
        < 40 and >= 36 => job with { Status = JobStatus.Canceled },
        41 or 42 => job with { Status = JobStatus.Running, InstanceStatus = InstanceStatus.InProgress },
        _ => job with { InstanceStatus = InstanceStatus.Success },
    };
}
