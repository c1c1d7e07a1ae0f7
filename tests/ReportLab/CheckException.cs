using System;

namespace OrchestratorConnector.ReportLab;

/// <summary>A page is not as it has to be.</summary>
internal sealed class CheckException(string message) : Exception(message);
