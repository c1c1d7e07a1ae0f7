using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>A contract that changed, and when and where that was found.</summary>
/// <param name="FoundTime">When the synchronization that found it started, in UTC.</param>
/// <param name="Connector">The connector.</param>
/// <param name="Change">What changed.</param>
internal sealed record ReportedChange(DateTime FoundTime, string Connector, RunbookChange Change);
