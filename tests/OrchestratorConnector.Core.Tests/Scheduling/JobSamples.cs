using System;
using OrchestratorConnector.Scheduling;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>Jobs for tests.</summary>
internal static class JobSamples
{
    /// <summary>A plain one, every five minutes.</summary>
    public static ScheduledJob Plain { get; } = Of("/home/anna/state.db");

    /// <summary>A job over a store.</summary>
    public static ScheduledJob Of(string statePath, int minutes = 5, string shell = "/opt/pwsh/pwsh", string module = "/opt/modules/OrchestratorConnector/0.1.0/OrchestratorConnector.psd1")
        => ScheduledJob.Create(statePath, shell, module, TimeSpan.FromMinutes(minutes));
}
