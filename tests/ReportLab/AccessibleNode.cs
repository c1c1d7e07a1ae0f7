using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace OrchestratorConnector.ReportLab;

/// <summary>One thing of a page as a screen reader is given it.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What is said of it beside its name.</param>
/// <param name="Properties">Its states: level, expanded, and so on.</param>
internal sealed record AccessibleNode(string Role, string Name, string Description, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>Reads a node; <see langword="null"/> for one that is passed over.</summary>
    public static AccessibleNode? Read(JsonObject node) => (bool?)node["ignored"] == true ? null : new AccessibleNode(
        Text(node["role"]),
        Text(node["name"]),
        Text(node["description"]),
        (node["properties"]?.AsArray() ?? []).ToDictionary(p => (string)p!["name"]!, p => Text(p!["value"])));

    private static string Text(JsonNode? value) => value?["value"]?.ToString() ?? string.Empty;
}
