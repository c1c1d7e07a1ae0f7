using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Xml.Linq;
using FakeOrchestrator;

namespace SourceHost;

/// <summary>What a test can do to the server: change what it holds, decide how its jobs go, and see what was asked of it.</summary>
internal sealed class Controls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeServer _server;
    private readonly ConcurrentDictionary<Guid, JobScript> _scripts = new();

    internal Controls(FakeServer server)
    {
        _server = server;
        server.Jobs.Script = runbook => _scripts.GetValueOrDefault(runbook.Id, JobScript.Succeeds);
    }

    /// <summary>Does one thing: <c>{ "Do": "what", ... }</c>.</summary>
    internal object? Do(JsonElement command) => Text(command, "Do") switch
    {
        "AddRunbook" => AddRunbook(command),
        "SetScript" => SetScript(command),
        "RemoveRunbook" => Change(() => _server.Model.RemoveRunbook(Id(command, "Runbook"))),
        "AddParameter" => Change(() => _server.Model.AddParameter(Id(command, "Runbook"), Text(command, "Name")!, Text(command, "Direction") ?? "In", Text(command, "Type") ?? "String", Text(command, "Description"))),
        "RemoveParameter" => Change(() => _server.Model.RemoveParameter(Id(command, "Runbook"), Text(command, "Name")!)),
        "RenameParameter" => Change(() => _server.Model.RenameParameter(Id(command, "Runbook"), Text(command, "Name")!, Text(command, "NewName")!)),
        "RebuildParameters" => Change(() => _server.Model.RebuildParameters(Id(command, "Runbook"))),
        "GetJobs" => _server.Jobs.All.Where(j => Text(command, "Runbook") is null || j.RunbookId == Id(command, "Runbook")).Select(Row).ToArray(),
        "WaitStarted" => WaitStarted(command.GetProperty("Count").GetInt32()),
        "WaitRequest" => WaitRequest(Text(command, "Pattern")!),
        "FinishJob" => Row(_server.Jobs.Finish(Id(command, "Job"), Script(command))),
        "CancelJob" => _server.Jobs.Cancel(Id(command, "Job")),
        "AddJob" => AddJob(command),
        "GetRequests" => Requests(),
        "ClearRequests" => Change(_server.ClearRequests),
        "AddFault" => AddFault(command),
        "ClearFaults" => Change(_server.Faults.Clear),
        "ClearJobs" => Change(_server.Jobs.Clear),
        { } other => throw new ArgumentException($"'{other}' is not known."),
        null => throw new ArgumentException("There is nothing to do."),
    };

    private static object? Change(Action change)
    {
        change();
        return null;
    }

    private string AddRunbook(JsonElement command)
    {
        string path = Text(command, "Path")!;
        int cut = path.LastIndexOf('\\');
        SourceRunbook runbook = _server.Model.AddRunbook(path[..cut], path[(cut + 1)..]);
        foreach ((string list, string direction) in new[] { ("In", "In"), ("Out", "Out") })
        {
            foreach (string name in Texts(command, list))
            {
                string? description = direction == "In" ? Map(command, "Description").GetValueOrDefault(name) : null;
                _server.Model.AddParameter(runbook.Id, name, direction, description: description);
            }
        }

        _server.Model.Edit(runbook.Id, r =>
        {
            r.IsMonitor = command.TryGetProperty("Monitor", out JsonElement monitor) && monitor.GetBoolean();
            r.ActivityNames = Texts(command, "Activity") is { Length: > 0 } names ? names : null;
        });
        if (Script(command) is { } script)
        {
            _scripts[runbook.Id] = script;
        }

        return runbook.Id.ToString();
    }

    private object? SetScript(JsonElement command)
    {
        _scripts[Id(command, "Runbook")] = Script(command) ?? JobScript.Succeeds;
        return null;
    }

    private string AddJob(JsonElement command)
    {
        SourceRunbook runbook = _server.Model.FindRunbook(Id(command, "Runbook")) ?? throw new KeyNotFoundException("There is no such runbook.");
        DateTime? created = Text(command, "CreationTime") is { } time ? DateTime.Parse(time, null, System.Globalization.DateTimeStyles.AdjustToUniversal) : null;
        return _server.Jobs.Add(runbook, Map(command, "Input"), Text(command, "CreatedBy") ?? "S-1-5-21-9", created, Script(command)).Id.ToString();
    }

    /// <summary>Answers when so many jobs were started by requests since they were last cleared.</summary>
    private int WaitStarted(int count) => SpinWait.SpinUntil(() => _server.Jobs.Started >= count, Patience)
        ? _server.Jobs.Started
        : throw new TimeoutException($"{_server.Jobs.Started} jobs were started, not {count}.");

    /// <summary>Answers when a request of this kind has come since they were last cleared.</summary>
    private object? WaitRequest(string pattern) => SpinWait.SpinUntil(() => Requests().Any(r => Regex.IsMatch(r, pattern)), Patience)
        ? null
        : throw new TimeoutException($"There was no request '{pattern}'.");

    private string[] Requests() => [.. _server.Requests.Select(r => $"{r.Verb} {r.Target}")];

    private object? AddFault(JsonElement command)
    {
        Fault fault = Text(command, "Kind") switch
        {
            "LostAnswer" => Fault.LostAnswer(),
            "Refusal" => Fault.Status(command.GetProperty("Status").GetInt32()).WithMessage(Text(command, "Message")!),
            { } other => throw new ArgumentException($"There is no fault '{other}'."),
            null => throw new ArgumentException("There is no kind of fault named."),
        };
        fault = fault.Method(Text(command, "Method") ?? "POST");
        _server.Faults.Add(command.TryGetProperty("Times", out JsonElement times) ? fault.Times(times.GetInt32()) : fault);
        return null;
    }

    private Dictionary<string, object?> Row(SourceJob job) => new()
    {
        ["Id"] = job.Id,
        ["Runbook"] = _server.Model.FindRunbook(job.RunbookId)?.Path,
        ["Status"] = job.Status,
        // Texts of the form name=value: one that is a time alone would come to the test as a time.
        ["Input"] = job.Parameters is null ? [] : XDocument.Parse(job.Parameters, LoadOptions.PreserveWhitespace).Root!.Elements().Select(p => $"{p.Element("Name")!.Value}={p.Element("Value")!.Value}").ToArray(),
        ["RunbookServers"] = job.RunbookServers,
        ["CreatedBy"] = job.CreatedBy,
    };

    /// <summary>How a job goes, as a test says it; nothing when it says nothing.</summary>
    private static JobScript? Script(JsonElement command)
    {
        if (!command.TryGetProperty("Script", out JsonElement script) || script.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        Dictionary<string, string> outputs = Map(script, "Output");
        return new JobScript
        {
            End = Enum.Parse<JobEnd>(Text(script, "End") ?? nameof(JobEnd.Success)),
            FailedActivity = Text(script, "Activity"),
            ErrorText = Text(script, "Error"),
            JobFails = script.TryGetProperty("JobFails", out JsonElement fails) && fails.GetBoolean(),
            RunningPolls = script.TryGetProperty("RunningPolls", out JsonElement polls) ? polls.GetInt32() : 0,
            Outputs = outputs.Count == 0 ? null : (_, _) => outputs,
        };
    }

    private static Guid Id(JsonElement command, string name) => Guid.Parse(Text(command, name) ?? string.Empty);

    private static string? Text(JsonElement command, string name) =>
        command.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Texts(JsonElement command, string name) => !command.TryGetProperty(name, out JsonElement value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : [];

    private static Dictionary<string, string> Map(JsonElement command, string name) =>
        command.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? string.Empty)
            : [];
}
