using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Scheduling;

/// <summary>
/// The two units of a systemd timer, as text and read back. The timer goes by the calendar, because only such a one makes up
/// for what was missed while the machine was off (Persistent), and then once for all.
/// </summary>
internal static class SystemdUnits
{
    private static readonly Regex Calendar = new(@"^OnCalendar=\*:0(?:/(\d+))?$", RegexOptions.CultureInvariant | RegexOptions.Multiline);
    private static readonly Regex Start = new("^ExecStart=(.*)$", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    /// <summary>The unit that runs once.</summary>
    public static string Service(ScheduledJob job) =>
        $"""
        # Made by Register-OrchestratorConnectorSchedule.
        [Unit]
        Description={Plain(job.Description)}

        [Service]
        Type=oneshot
        ExecStart={Program(job.Shell)} {string.Join(" ", job.Arguments.Select(Argument))}
        TimeoutStartSec={ScheduledJob.TimeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)}

        """.Replace("\r", "");

    /// <summary>The unit that says when.</summary>
    public static string Timer(ScheduledJob job) =>
        $"""
        # Made by Register-OrchestratorConnectorSchedule.
        [Unit]
        Description={Plain(job.Description)}

        [Timer]
        OnCalendar={CalendarOf(job.Every)}
        Persistent=true
        AccuracySec=1s

        [Install]
        WantedBy=timers.target

        """.Replace("\r", "");

    /// <summary>The command of a service unit, in its own spelling.</summary>
    public static string CommandOf(string service) => Start.Match(service).Groups[1].Value;

    /// <summary>The time between two runs of a timer unit; <see langword="null"/> where it is not of our form.</summary>
    public static TimeSpan? EveryOf(string timer) => Calendar.Match(timer) is { Success: true } match
        ? TimeSpan.FromMinutes(match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 60)
        : null;

    /// <summary>The words of a command: quotes, escapes, specifiers and variables undone.</summary>
    public static IReadOnlyList<string> Words(string command)
    {
        List<string> words = [];
        StringBuilder? word = null;
        bool isQuoted = false;
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (c == ' ' && !isQuoted)
            {
                Finish();
                continue;
            }

            word ??= new StringBuilder();
            if (c == '"')
            {
                isQuoted = !isQuoted;
                continue;
            }

            // The program's own dollars stand alone.
            bool isDoubled = c == '%' || (c == '$' && words.Count > 0);
            if ((c == '\\' || (isDoubled && i + 1 < command.Length && command[i + 1] == c)) && i + 1 < command.Length)
            {
                c = command[++i];
            }

            word.Append(c);
        }

        Finish();
        return words;

        void Finish()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }

    private static string CalendarOf(TimeSpan every) =>
        every == TimeSpan.FromHours(1) ? "*:0" : "*:0/" + every.TotalMinutes.ToString(CultureInfo.InvariantCulture);

    private static string Plain(string text) => text.Replace("%", "%%");

    // Variables are put in after the program is known: there a dollar is nothing but a dollar.
    private static string Program(string path) => "\"" + Plain(path).Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private static string Argument(string argument) => Program(argument).Replace("$", "$$");
}
