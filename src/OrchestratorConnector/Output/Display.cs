using System;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>What the format views show beyond plain properties: the views arrange, this decides.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Display
{
    /// <summary>A connector status as Service Manager shows it; a synchronization that was not done is said to be none.</summary>
    public static string Status(PSObject item) => item?.BaseObject switch
    {
        OrchestratorConnector connector => StatusText.Of(connector.Status),
        ConnectorSyncResult { WhatIf: true } => "What If",
        ConnectorSyncResult result => StatusText.Of(result.Status),
        _ => string.Empty,
    };

    /// <summary>The connectors that use an account.</summary>
    public static string Connectors(PSObject item) => item?.BaseObject is OrchestratorRunAsAccount account ? account.Connectors.ToString() : string.Empty;

    /// <summary>What differs about a runbook, in one line.</summary>
    public static string Changes(PSObject item) => item?.BaseObject is not SMRunbookChange change ? string.Empty
        : change.InvalidReason is null ? change.Details.ToString()
        : $"Becomes invalid; {change.Details}";

    /// <summary>A runbook's parameters: inputs by name, outputs with an arrow.</summary>
    public static string Parameters(PSObject item) =>
        item?.BaseObject is SMRunbook runbook ? runbook.Parameters.ToString() : string.Empty;

    /// <summary>How the run of a job's runbook goes or ended; nothing before it has one.</summary>
    public static string Instance(PSObject item) =>
        item?.BaseObject is SMRunbookJob { InstanceStatus: not InstanceStatus.Unknown } job ? job.InstanceStatus.ToString() : string.Empty;

    /// <summary>What came out of a job, or why nothing did, in one line.</summary>
    public static string Output(PSObject item) => item?.BaseObject switch
    {
        SMRunbookJob { FailedActivity: { } activity } job => job.Error is null ? activity : $"{activity}: {Line(job.Error)}",
        SMRunbookJob { Error: { } error } => Line(error),
        SMRunbookJob job => string.Join(", ", job.Output.Keys.Cast<string>().Select(k => $"{k}={Line(job.Output[k] as string)}")),
        _ => string.Empty,
    };

    /// <summary>Whether an activity may be invoked.</summary>
    public static string Ready(PSObject item) => item?.BaseObject is SMRunbookActivity activity ? activity.ReadyForAutomation ? "yes" : "no" : string.Empty;

    /// <summary>Where an activity's inputs come from, in one line.</summary>
    public static string Map(PSObject item) => item?.BaseObject is SMRunbookActivity activity
        ? string.Join(", ", activity.Map.Keys.Cast<string>().Select(k => $"{k} ← {(activity.Map[k] is string property ? property : "{" + Line(activity.Map[k]?.ToString()) + "}")}"))
        : string.Empty;

    /// <summary>The activities that a difference concerns.</summary>
    public static string Users(PSObject item) => item?.BaseObject is SMRunbookDifference difference ? difference.Activities.ToString() : string.Empty;

    /// <summary>A duration in the unit that fits it.</summary>
    public static string Duration(PSObject item)
    {
        TimeSpan? duration = item?.BaseObject switch
        {
            ConnectorSyncResult result => result.Duration,
            ConnectorTestCheck check => check.Duration,
            SMRunbookJob job => job.Duration,
            _ => null,
        };
        return duration switch
        {
            null => string.Empty,
            { TotalSeconds: < 1 } d => d.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
            { TotalMinutes: < 1 } d => d.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            { } d => d.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture).TrimStart('0', '.'),
        };
    }

    /// <summary>The steps of a connection test, one a line.</summary>
    public static string Checks(PSObject item) => item?.BaseObject is ConnectorTestResult result
        ? string.Join(Environment.NewLine, result.Checks.Select(Line))
        : string.Empty;

    /// <summary>What a step found, and what to do about it.</summary>
    public static string Detail(PSObject item) => item?.BaseObject is ConnectorTestCheck check
        ? check.Hint is null ? check.Detail : check.Detail + " " + check.Hint
        : string.Empty;

    private static string Line(string? text) => (text ?? string.Empty).Replace("\r", " ").Replace("\n", " ");

    private static string Line(ConnectorTestCheck check) =>
        $"{check.Outcome,-8} {check.Name,-16} {check.Detail}{(check.Hint is null ? "" : $"{Environment.NewLine}{"",26}{check.Hint}")}";
}
