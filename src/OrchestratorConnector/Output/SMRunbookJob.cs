using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>A job: one start of a runbook. Times are local.</summary>
public sealed class SMRunbookJob : IInstanceText, IDurationText, IOutputText
{
    private readonly JobRecord _job;

    internal SMRunbookJob(JobRecord job, Uri? consoleUrl, object? inputObject, string statePath)
    {
        _job = job;
        Id = job.JobId;
        Runbook = job.Runbook;
        Path = job.RunbookPath;
        RunbookId = job.RunbookId;
        Connector = job.Connector;
        Output = ToDictionary(job.Outputs);
        Parameter = ToDictionary(job.Parameters);
        CreationTime = (job.CreationTime ?? job.RequestTime).ToLocalTime();
        StartTime = job.StartTime?.ToLocalTime();
        FinishTime = job.FinishTime?.ToLocalTime();
        Duration = job.FinishTime - (job.StartTime ?? job.CreationTime);
        RunbookServer = job.RunbookServer;
        FailedActivity = job.FailedActivity;
        Error = job.Error;
        StartedBy = job.StartedBy;
        CreatedBy = job.CreatedBy;
        ConsoleUrl = consoleUrl;
        InputObject = inputObject;
        StatePath = statePath;
    }

    /// <summary>The server's id; empty when the answer to the start was lost.</summary>
    public Guid? Id { get; }

    /// <summary>The runbook's name.</summary>
    public string Runbook { get; }

    /// <summary>The runbook's path.</summary>
    public string Path { get; }

    /// <summary>The runbook's id.</summary>
    public Guid RunbookId { get; }

    /// <summary>The connector.</summary>
    public string Connector { get; }

    /// <summary>The state of the job. A job can be Completed and its runbook have failed: see InstanceStatus.</summary>
    public JobStatus Status => _job.Status;

    /// <summary>How the run of the runbook goes or ended: InProgress, Success, Warning, Failed.</summary>
    public InstanceStatus InstanceStatus => _job.InstanceStatus;

    /// <summary>The outputs by name. Each is also a property of its own, unless the job has one of that name.</summary>
    public TextTable Output { get; }

    /// <summary>The inputs by name, secret ones masked.</summary>
    public TextTable Parameter { get; }

    /// <summary>When the server created it.</summary>
    public DateTime CreationTime { get; }

    /// <summary>When its run started.</summary>
    public DateTime? StartTime { get; }

    /// <summary>When it ended.</summary>
    public DateTime? FinishTime { get; }

    /// <summary>From its start to its end.</summary>
    public TimeSpan? Duration { get; }

    /// <summary>The runbook server that ran it.</summary>
    public string? RunbookServer { get; }

    /// <summary>The activity that failed.</summary>
    public string? FailedActivity { get; }

    /// <summary>The error text of the activity that failed, or why nothing is known of the job.</summary>
    public string? Error { get; }

    /// <summary>The user who started it from here.</summary>
    public string? StartedBy { get; }

    /// <summary>Whom the server says it was started by: most often a SID.</summary>
    public string? CreatedBy { get; }

    /// <summary>The web console of its connector.</summary>
    public Uri? ConsoleUrl { get; }

    /// <summary>The object that it was started for.</summary>
    public object? InputObject { get; }

    /// <summary>The store it is kept in, so that the next cmdlet of a pipeline uses the same.</summary>
    public string StatePath { get; }

    string IInstanceText.InstanceText => InstanceStatus == InstanceStatus.Unknown ? string.Empty : InstanceStatus.ToString();

    string IDurationText.DurationText => Display.Duration(Duration);

    string IOutputText.OutputText => Display.Short(FailedActivity is null ? Error ?? Results() : Error is null ? FailedActivity : $"{FailedActivity}: {Error}");

    /// <inheritdoc/>
    public override string ToString() => $"{Path} {Id}";

    /// <summary>The job for the pipeline, with each output as a property.</summary>
    private string Results() => string.Join(", ", Output.Keys.Cast<string>().Select(k => $"{k}={Display.Short(Output[k] as string)}"));

    internal PSObject ToPSObject()
    {
        PSObject item = new(this);
        foreach (KeyValuePair<string, string> output in _job.Outputs)
        {
            if (output.Key.Length > 0 && item.Properties[output.Key] is null)
            {
                item.Properties.Add(new PSNoteProperty(output.Key, output.Value));
            }
        }

        return item;
    }

    private static TextTable ToDictionary(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        TextTable dictionary = new();
        foreach (KeyValuePair<string, string> value in values)
        {
            dictionary[value.Key] = value.Value;
        }

        return dictionary;
    }
}
