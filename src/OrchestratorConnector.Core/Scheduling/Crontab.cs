using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>
/// A user's crontab, in which a job is a line between two comments. Everything else is the user's own and stays as it is, byte
/// for byte: here one character stands for one byte, whatever encoding the user writes in.
/// </summary>
internal static class Crontab
{
    private static readonly Encoding Bytes = Encoding.GetEncoding("iso-8859-1");
    private static readonly Regex Begin = new("^# BEGIN (OrchestratorConnector-[0-9a-f]{8})(?: |$)", RegexOptions.CultureInvariant);
    private static readonly Regex Job = new(@"^(#\s*)?(?:\*/(\d+)|(\*)|0) \* \* \* \* (.*)$", RegexOptions.CultureInvariant);

    /// <summary>
    /// The lines of a job. What it says goes nowhere, its errors to whom cron sends its mail; the history of the connectors
    /// tells the rest.
    /// </summary>
    /// <exception cref="OrchestratorException">SchedulePathInvalid: cron cannot carry one of its paths.</exception>
    public static string Block(ScheduledJob job)
    {
        foreach (string path in new[] { job.StatePath, job.Shell, job.Module })
        {
            if (path.Contains("\\"))
            {
                throw Error.SchedulePathInvalid(path, "what a backslash means in a crontab is not the same in every cron.");
            }
        }

        string minutes = job.Every.TotalMinutes switch
        {
            1 => "*",
            60 => "0",
            { } every => "*/" + every.ToString(CultureInfo.InvariantCulture),
        };

        // Cron makes a new line of a percent sign.
        string command = ShellWords.Join([job.Shell, .. job.Arguments]).Replace("%", "\\%");
        return $"# BEGIN {job.Name} (made by Register-OrchestratorConnectorSchedule)\n{minutes} * * * * {command} >/dev/null\n{End(job.Name)}\n";
    }

    /// <summary>The crontab with a job, in the place of what bears its name or at the end.</summary>
    public static byte[] With(byte[] crontab, ScheduledJob job)
    {
        List<string> lines = Lines(crontab);
        (int start, int count) = Find(lines, job.Name);
        if (count == 0)
        {
            start = lines.Count;
            if (start > 0 && lines[start - 1].Last() != '\n')
            {
                lines[start - 1] += "\n";
            }
        }

        lines.RemoveRange(start, count);
        lines.Insert(start, Bytes.GetString(Encoding.UTF8.GetBytes(Block(job))));
        return Bytes.GetBytes(string.Concat(lines));
    }

    /// <summary>The crontab without a job.</summary>
    public static byte[] Without(byte[] crontab, string name)
    {
        List<string> lines = Lines(crontab);
        (int start, int count) = Find(lines, name);
        lines.RemoveRange(start, count);
        return Bytes.GetBytes(string.Concat(lines));
    }

    /// <summary>The jobs of a crontab.</summary>
    public static IReadOnlyList<InstalledSchedule> Read(byte[] crontab)
    {
        List<string> lines = Lines(crontab);
        return
        [
            .. lines
                .Select(l => Begin.Match(l.TrimEnd()))
                .Where(m => m.Success)
                .Select(m => m.Groups[1].Value)
                .Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, At: Find(lines, name)))
                .Where(b => b.At.Count > 0)
                .Select(b => Installed(b.Name, Encoding.UTF8.GetString(Bytes.GetBytes(string.Concat(lines.GetRange(b.At.Start, b.At.Count)))))),
        ];
    }

    private static string End(string name) => "# END " + name;

    private static InstalledSchedule Installed(string name, string block)
    {
        Match line = block.Split('\n').Select(l => Job.Match(l)).FirstOrDefault(m => m.Success) ?? Match.Empty;
        string command = line.Groups[4].Value;
        IReadOnlyList<string> words = [.. ShellWords.Split(command.Replace("\\%", "%")).Where(w => w != ">/dev/null")];
        bool isOurs = SyncScript.TryRead(words, out string module, out string statePath);
        return new InstalledSchedule
        {
            Name = name,
            Scheduler = SchedulerKind.Cron,
            Command = command,
            Text = block,
            StatePath = isOurs ? statePath : null,
            Module = isOurs ? module : null,
            Shell = isOurs ? words[0] : null,
            Every = !line.Success ? null
                : line.Groups[2].Success ? TimeSpan.FromMinutes(int.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture))
                : line.Groups[3].Success ? TimeSpan.FromMinutes(1)
                : TimeSpan.FromHours(1),
            Enabled = line.Success && !line.Groups[1].Success,
        };
    }

    // With their ends.
    private static List<string> Lines(byte[] crontab) => [.. Regex.Split(Bytes.GetString(crontab), "(?<=\n)").Where(l => l.Length > 0)];

    // A beginning without an end is somebody's own work on it, and nothing of ours.
    private static (int Start, int Count) Find(List<string> lines, string name)
    {
        int end = lines.FindIndex(l => l.TrimEnd() == End(name));
        int start = end < 0 ? -1 : lines.FindLastIndex(end, l => Begin.Match(l.TrimEnd()) is { Success: true } begin && begin.Groups[1].Value == name);
        return start < 0 ? (0, 0) : (start, end - start + 1);
    }
}
