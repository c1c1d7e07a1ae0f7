using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>The definition of a task of Windows as XML, and what is read back from one.</summary>
internal static class TaskDefinition
{
    private const string Principal = "Author";

    // Of all runs of the pattern the first is long past; it goes on for ever.
    private const string StartBoundary = "2000-01-01T00:00:00";

    private static readonly XNamespace Space = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    /// <summary>The definition of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="author">Who registers it, as DOMAIN\user.</param>
    /// <param name="account">
    /// The account it runs as with a logon of its own; without one the author, while signed in. There is no third way (S4U):
    /// such a logon can neither sign in at a server nor read what DPAPI protects.
    /// </param>
    /// <exception cref="OrchestratorException">SchedulePathInvalid: the Task Scheduler cannot carry one of the paths.</exception>
    public static string Text(ScheduledJob job, string author, TaskAccount? account)
    {
        foreach (string path in new[] { job.StatePath, job.Shell, job.Module })
        {
            if (path.Contains("%") || path.Contains("$("))
            {
                throw Error.SchedulePathInvalid(path, "Task Scheduler takes a percent sign for a variable, and $( for an argument of its own.");
            }
        }

        // A window that opens every few minutes is no help to somebody who works there.
        IEnumerable<string> arguments = account is null ? ["-WindowStyle", "Hidden", .. job.Arguments] : job.Arguments;
        XElement task = Element(
            "Task",
            new XAttribute("version", "1.2"),
            Element("RegistrationInfo", Element("Author", author), Element("Description", job.Description + ".")),
            Element("Triggers", Element("TimeTrigger", Element("StartBoundary", StartBoundary), Element("Repetition", Element("Interval", XmlConvert.ToString(job.Every))))),
            Element(
                "Principals",
                Element("Principal", new XAttribute("id", Principal), Element("UserId", account?.UserName ?? author), Element("LogonType", account is null ? "InteractiveToken" : "Password"))),
            Element(
                "Settings",
                Element("MultipleInstancesPolicy", "IgnoreNew"),
                Element("DisallowStartIfOnBatteries", "false"),
                Element("StopIfGoingOnBatteries", "false"),
                Element("StartWhenAvailable", "true"),
                Element("ExecutionTimeLimit", XmlConvert.ToString(ScheduledJob.TimeLimit))),
            Element("Actions", new XAttribute("Context", Principal), Element("Exec", Element("Command", job.Shell), Element("Arguments", CommandLine.Join(arguments)))));
        return task.ToString().Replace("\r", "") + "\n";
    }

    /// <summary>What a definition says.</summary>
    public static InstalledSchedule Read(TaskRecord record)
    {
        XElement? task = Parse(record.Xml);
        string command = Value(task, "Actions", "Exec", "Command") ?? string.Empty;
        string arguments = Value(task, "Actions", "Exec", "Arguments") ?? string.Empty;
        bool isOurs = SyncScript.TryRead(CommandLine.Split(arguments), out string module, out string statePath);
        return new InstalledSchedule
        {
            Name = record.Name,
            Scheduler = SchedulerKind.TaskScheduler,
            Command = $"{CommandLine.Join([command])} {arguments}",
            Text = record.Xml,
            StatePath = isOurs ? statePath : null,
            Module = isOurs ? module : null,
            Shell = isOurs ? command : null,
            Every = Interval(Value(task, "Triggers", "TimeTrigger", "Repetition", "Interval")),
            RunAs = Value(task, "Principals", "Principal", "UserId"),
            Enabled = record.Enabled,
            NextRunTime = record.NextRunTime,
            LastRunTime = record.LastRunTime,
            LastResult = record.LastResult,
        };
    }

    /// <summary>
    /// Whether a task is what a definition asks for. The service adds elements of its own, puts others in order and writes the
    /// user's SID for the name: what was asked for has to be there, except that one; the author stands for it.
    /// </summary>
    public static bool Covers(TaskRecord record, string text)
    {
        Dictionary<string, string> present = Leaves(Parse(record.Xml)).ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal);
        return record.Enabled && Leaves(Parse(text)).All(l => l.Key == "Principals/Principal/UserId" || (present.TryGetValue(l.Key, out string? value) && value == l.Value));
    }

    private static XElement Element(string name, params object[] content) => new(Space + name, content);

    private static XElement? Parse(string text)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Leaves(XElement? task) =>
        (task?.Descendants() ?? [])
            .Where(e => !e.HasElements)
            .GroupBy(e => string.Join("/", e.AncestorsAndSelf().Reverse().Skip(1).Select(a => a.Name.LocalName)), StringComparer.Ordinal)
            .Select(g => new KeyValuePair<string, string>(g.Key, string.Join("\n", g.Select(e => e.Value))));

    private static string? Value(XElement? task, params string[] path) => path.Aggregate(task, (element, name) => element?.Element(Space + name))?.Value;

    private static TimeSpan? Interval(string? text)
    {
        try
        {
            return text is null ? null : XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
