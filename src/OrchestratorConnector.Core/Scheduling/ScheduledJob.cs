using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>
/// What a scheduler is to run for a store, and how often. When a connector is due is decided by what is run: a run that was
/// missed, a clock that was changed and a connector whose schedule is another one now need nothing from the scheduler.
/// </summary>
internal sealed record ScheduledJob
{
    /// <summary>How long one run may take before the scheduler ends it, where it can.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromHours(4);

    private ScheduledJob()
    {
    }

    /// <summary>The store's full path.</summary>
    public required string StatePath { get; init; }

    /// <summary>The full path of the PowerShell to run.</summary>
    public required string Shell { get; init; }

    /// <summary>The full path of the module's manifest.</summary>
    public required string Module { get; init; }

    /// <summary>The time between two runs: minutes that divide an hour.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>The name under which it is registered.</summary>
    public string Name => ScheduleName.Of(StatePath);

    /// <summary>One line for people.</summary>
    public string Description => $"Synchronizes the connectors of {StatePath} that are due";

    /// <summary>What the shell is given.</summary>
    public IReadOnlyList<string> Arguments => SyncScript.Arguments(Module, StatePath);

    /// <summary>A job that every scheduler can express.</summary>
    /// <exception cref="OrchestratorException">ScheduleIntervalInvalid, SchedulePathInvalid.</exception>
    public static ScheduledJob Create(string statePath, string shell, string module, TimeSpan every)
    {
        if (every < TimeSpan.FromMinutes(1) || every > TimeSpan.FromHours(1) || TimeSpan.FromHours(1).Ticks % every.Ticks != 0 || every.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw Error.ScheduleIntervalInvalid(every);
        }

        foreach (string path in new[] { statePath, shell, module })
        {
            if (!Path.IsPathRooted(path))
            {
                throw Error.SchedulePathInvalid(path, "it is not a full path.");
            }

            if (path.Any(char.IsControl) || !IsXml(path))
            {
                throw Error.SchedulePathInvalid(path, "it holds a character that no scheduler takes.");
            }
        }

        return new ScheduledJob { StatePath = statePath, Shell = shell, Module = module, Every = every };
    }

    private static bool IsXml(string path)
    {
        try
        {
            XmlConvert.VerifyXmlChars(path);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
