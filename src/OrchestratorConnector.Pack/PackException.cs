using System;

namespace OrchestratorConnector.Pack;

/// <summary>What keeps the module from being staged or packed; the message says what to change.</summary>
internal sealed class PackException(string message) : Exception(message);
