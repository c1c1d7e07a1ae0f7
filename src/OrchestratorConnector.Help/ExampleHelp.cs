using System.Collections.Generic;

namespace OrchestratorConnector.Help;

/// <summary>An example that can be run as it is.</summary>
/// <param name="Code">Its lines.</param>
/// <param name="Text">What it does.</param>
internal sealed record ExampleHelp(string Code, IReadOnlyList<string> Text);
