using System;

namespace OrchestratorConnector.Scheduling;

/// <summary>A task as Task Scheduler tells it. Times are UTC.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Xml">Its definition.</param>
/// <param name="Enabled">Whether it is run.</param>
/// <param name="NextRunTime">When it runs next.</param>
/// <param name="LastRunTime">When it ran last.</param>
/// <param name="LastResult">The exit code of the last run.</param>
internal sealed record TaskRecord(string Name, string Xml, bool Enabled, DateTime? NextRunTime, DateTime? LastRunTime, int? LastResult);
