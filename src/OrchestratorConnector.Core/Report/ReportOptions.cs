using System;
using System.Collections.Generic;
using OrchestratorConnector.Library;

namespace OrchestratorConnector.Report;

/// <summary>What a report is about, and what it takes the time and the machine from.</summary>
public sealed class ReportOptions
{
    /// <summary>The title of a page that nobody gave one.</summary>
    public const string DefaultTitle = "Runbook report";

    /// <summary>The page's title.</summary>
    public string Title { get; init; } = DefaultTitle;

    /// <summary>Only of connectors whose name fits one of these; empty for all, removed ones included.</summary>
    public IReadOnlyList<NamePattern> Connectors { get; init; } = [];

    /// <summary>Synchronizations, contract changes and jobs from this moment on, in UTC.</summary>
    public required DateTime Since { get; init; }

    /// <summary>The time, in UTC.</summary>
    public DateTime Now { get; init; } = DateTime.UtcNow;

    /// <summary>The zone whose time the page shows.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The machine that the page names as the one that made it.</summary>
    public string Machine { get; init; } = Environment.MachineName;

    internal bool IsWanted(string connector)
    {
        foreach (NamePattern pattern in Connectors)
        {
            if (pattern.IsMatch(connector))
            {
                return true;
            }
        }

        return Connectors.Count == 0;
    }
}
