using System;

namespace OrchestratorConnector.MonoLab;

/// <summary>Something is not as it has to be.</summary>
internal sealed class LabException(string message) : Exception(message);
