using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Scheduling;

/// <summary>A launch agent of the signed-in user of macOS.</summary>
/// <param name="runner">Runs launchctl and id.</param>
/// <param name="folder">Where the user's agents are.</param>
internal sealed class LaunchdScheduler(ICommandRunner runner, string folder) : IMachineScheduler
{
    private const string Program = "launchctl";

    private static readonly Regex ExitCode = new(@"^\s*last exit code = (\d+)", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    /// <summary>Where launchd looks for a user's agents.</summary>
    public static string DefaultFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "LaunchAgents");

    /// <inheritdoc/>
    public SchedulerKind Kind => SchedulerKind.Launchd;

    /// <inheritdoc/>
    public Task<bool> IsAvailableAsync(CancellationToken cancellationToken) => Task.FromResult(RuntimeInformation.IsOSPlatform(OSPlatform.OSX));

    /// <inheritdoc/>
    public SchedulePlan Plan(ScheduledJob job) => new(
        [(PathOf(job.Name), LaunchAgent.Text(job))],
        [$"{Program} bootout gui/<uid>/{job.Name}", ProcessRunner.Shown(Program, ["bootstrap", "gui/<uid>", PathOf(job.Name)])]);

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task<bool> RegisterAsync(ScheduledJob job, IReporter reporter, CancellationToken cancellationToken)
    {
        string domain = await DomainAsync(cancellationToken).ConfigureAwait(false);
        string path = PathOf(job.Name);
        string text = LaunchAgent.Text(job);
        bool isLoaded = (await PrintAsync(domain, job.Name, cancellationToken).ConfigureAwait(false)).IsGood;
        if (isLoaded && ScheduleFiles.Read(path) == text)
        {
            return false;
        }

        await ScheduleFiles.WriteAsync([(path, text)], async () =>
        {
            if (isLoaded)
            {
                await runner.RequireAsync(Program, ["bootout", $"{domain}/{job.Name}"], null, cancellationToken).ConfigureAwait(false);
            }

            await runner.RequireAsync(Program, ["bootstrap", domain, path], null, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task<IReadOnlyList<InstalledSchedule>> GetAllAsync(CancellationToken cancellationToken)
    {
        List<InstalledSchedule> found = [];
        if (Directory.Exists(folder))
        {
            string domain = await DomainAsync(cancellationToken).ConfigureAwait(false);
            foreach (string name in Directory.EnumerateFiles(folder, "*.plist").Select(f => Path.GetFileNameWithoutExtension(f)).Where(ScheduleName.Is).OrderBy(n => n, StringComparer.Ordinal))
            {
                found.Add(Installed(name, await PrintAsync(domain, name, cancellationToken).ConfigureAwait(false)));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task UnregisterAsync(string name, CancellationToken cancellationToken)
    {
        string domain = await DomainAsync(cancellationToken).ConfigureAwait(false);
        if ((await PrintAsync(domain, name, cancellationToken).ConfigureAwait(false)).IsGood)
        {
            await runner.RequireAsync(Program, ["bootout", $"{domain}/{name}"], null, cancellationToken).ConfigureAwait(false);
        }

        ScheduleFiles.Delete(PathOf(name));
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".plist");

    private InstalledSchedule Installed(string name, CommandResult state)
    {
        string text = ScheduleFiles.Read(PathOf(name)) ?? string.Empty;
        (IReadOnlyList<string> words, TimeSpan? every) = LaunchAgent.Read(text);
        bool isOurs = SyncScript.TryRead(words, out string module, out string statePath);
        Match exit = ExitCode.Match(state.Text);
        return new InstalledSchedule
        {
            Name = name,
            Scheduler = Kind,
            Command = CommandLine.Join(words),
            Text = text,
            StatePath = isOurs ? statePath : null,
            Module = isOurs ? module : null,
            Shell = isOurs ? words[0] : null,
            Every = every,
            Enabled = state.IsGood,
            LastResult = exit.Success ? int.Parse(exit.Groups[1].Value, CultureInfo.InvariantCulture) : null,
        };
    }

    private async Task<string> DomainAsync(CancellationToken cancellationToken) =>
        "gui/" + (await runner.RequireAsync("id", ["-u"], null, cancellationToken).ConfigureAwait(false)).Text.Trim();

    private Task<CommandResult> PrintAsync(string domain, string name, CancellationToken cancellationToken) =>
        runner.RunAsync(Program, ["print", $"{domain}/{name}"], null, cancellationToken);
}
