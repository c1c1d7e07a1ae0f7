using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Scheduling;

/// <summary>A timer of the user's own systemd.</summary>
/// <param name="runner">Runs systemctl and loginctl.</param>
/// <param name="folder">Where the user's units are.</param>
internal sealed class SystemdScheduler(ICommandRunner runner, string folder) : IMachineScheduler
{
    private const string Program = "systemctl";
    private const string TimeForm = "ddd yyyy-MM-dd HH:mm:ss 'UTC'";

    /// <summary>Where systemd looks for a user's units.</summary>
    public static string DefaultFolder
    {
        get
        {
            string? configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
            string root = string.IsNullOrEmpty(configuration) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config") : configuration!;
            return Path.Combine(root, "systemd", "user");
        }
    }

    /// <inheritdoc/>
    public SchedulerKind Kind => SchedulerKind.Systemd;

    /// <inheritdoc/>
    public async Task<bool> IsAvailableAsync(CancellationToken cancellationToken) =>
        (await runner.RunAsync(Program, Arguments("show-environment"), null, cancellationToken).ConfigureAwait(false)).IsGood;

    /// <inheritdoc/>
    public SchedulePlan Plan(ScheduledJob job) => new(
        [.. Files(job)],
        [.. Commands(job.Name).Select(c => ProcessRunner.Shown(Program, c))]);

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task<bool> RegisterAsync(ScheduledJob job, IReporter reporter, CancellationToken cancellationToken)
    {
        await WarnOfLingeringAsync(reporter, cancellationToken).ConfigureAwait(false);
        (string Path, string Text)[] files = Files(job);
        if (files.All(f => ScheduleFiles.Read(f.Path) == f.Text)
            && IsEnabled(await ShowAsync(job.Name + ".timer", cancellationToken).ConfigureAwait(false)))
        {
            return false;
        }

        await ScheduleFiles.WriteAsync(files, async () =>
        {
            foreach (string[] command in Commands(job.Name))
            {
                await runner.RequireAsync(Program, command, null, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InstalledSchedule>> GetAllAsync(CancellationToken cancellationToken)
    {
        List<InstalledSchedule> found = [];
        if (Directory.Exists(folder))
        {
            foreach (string name in Directory.EnumerateFiles(folder, "*.timer").Select(f => Path.GetFileNameWithoutExtension(f)).Where(ScheduleName.Is).OrderBy(n => n, StringComparer.Ordinal))
            {
                found.Add(await ReadAsync(name, cancellationToken).ConfigureAwait(false));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task UnregisterAsync(string name, CancellationToken cancellationToken)
    {
        await runner.RequireAsync(Program, Arguments("disable", "--now", name + ".timer"), null, cancellationToken).ConfigureAwait(false);
        ScheduleFiles.Delete(TimerPath(name));
        ScheduleFiles.Delete(ServicePath(name));
        await runner.RequireAsync(Program, Arguments("daemon-reload"), null, cancellationToken).ConfigureAwait(false);
    }

    private static string[] Arguments(params string[] command) => ["--user", .. command];

    private static string[][] Commands(string name) =>
    [
        Arguments("daemon-reload"),
        Arguments("enable", name + ".timer"),
        // Starts it, and has one that runs already take the new times.
        Arguments("restart", name + ".timer"),
    ];

    private static bool IsEnabled(Dictionary<string, string> timer) =>
        timer.TryGetValue("UnitFileState", out string? file) && file == "enabled" && timer.TryGetValue("ActiveState", out string? state) && state == "active";

    private static DateTime? Time(Dictionary<string, string> unit, string property) =>
        unit.TryGetValue(property, out string? text)
        && DateTime.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : null;

    private string ServicePath(string name) => Path.Combine(folder, name + ".service");

    private string TimerPath(string name) => Path.Combine(folder, name + ".timer");

    private (string Path, string Text)[] Files(ScheduledJob job) =>
        [(ServicePath(job.Name), SystemdUnits.Service(job)), (TimerPath(job.Name), SystemdUnits.Timer(job))];

    private async Task<InstalledSchedule> ReadAsync(string name, CancellationToken cancellationToken)
    {
        string timer = ScheduleFiles.Read(TimerPath(name)) ?? string.Empty;
        string service = ScheduleFiles.Read(ServicePath(name)) ?? string.Empty;
        string command = SystemdUnits.CommandOf(service);
        IReadOnlyList<string> words = SystemdUnits.Words(command);
        bool isOurs = SyncScript.TryRead(words, out string module, out string statePath);
        Dictionary<string, string> timerState = await ShowAsync(name + ".timer", cancellationToken).ConfigureAwait(false);
        DateTime? last = Time(timerState, "LastTriggerUSec");
        Dictionary<string, string> serviceState = last is null ? [] : await ShowAsync(name + ".service", cancellationToken).ConfigureAwait(false);
        return new InstalledSchedule
        {
            Name = name,
            Scheduler = Kind,
            Command = command,
            Text = service + timer,
            StatePath = isOurs ? statePath : null,
            Module = isOurs ? module : null,
            Shell = isOurs ? words[0] : null,
            Every = SystemdUnits.EveryOf(timer),
            Enabled = IsEnabled(timerState),
            NextRunTime = Time(timerState, "NextElapseUSecRealtime"),
            LastRunTime = last,
            LastResult = serviceState.TryGetValue("ExecMainStatus", out string? code) && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int result) ? result : null,
        };
    }

    private async Task<Dictionary<string, string>> ShowAsync(string unit, CancellationToken cancellationToken)
    {
        CommandResult result = await runner.RunAsync(
            Program,
            Arguments("show", unit, "--property=UnitFileState,ActiveState,NextElapseUSecRealtime,LastTriggerUSec,ExecMainStatus"),
            null,
            cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach (string line in result.IsGood ? result.Text.Split('\n') : [])
        {
            int equals = line.IndexOf('=');
            if (equals > 0)
            {
                properties[line.Substring(0, equals)] = line.Substring(equals + 1).Trim();
            }
        }

        return properties;
    }

    // Without lingering a user's systemd ends with the user's last session, and the timer with it.
    private async Task WarnOfLingeringAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        CommandResult result = await runner.RunAsync("loginctl", ["show-user", Environment.UserName, "--property=Linger"], null, cancellationToken).ConfigureAwait(false);
        if (result.IsGood && result.Text.Trim() == "Linger=no")
        {
            reporter.Warning($"The timer runs only while {Environment.UserName} is signed in. 'loginctl enable-linger' lets it run always.");
        }
    }
}
