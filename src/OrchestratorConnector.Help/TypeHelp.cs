using System.Collections.Generic;

namespace OrchestratorConnector.Help;

/// <summary>A type and what is said of it.</summary>
/// <param name="Name">The short name.</param>
/// <param name="FullName">The name with its namespace.</param>
/// <param name="Text">What it is.</param>
internal sealed record TypeHelp(string Name, string FullName, IReadOnlyList<string> Text);
