using System.Linq;

namespace OrchestratorConnector.Model;

/// <summary>What may be the name of a connector, a Run As account or a runbook activity.</summary>
internal static class ConnectorName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly char[] Wildcards = ['*', '?', '[', ']', '`'];

    /// <summary>Why a text cannot be a name, or <see langword="null"/> when it can.</summary>
    public static string? WhyNot(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "it is empty.";
        }

        if (name.Length > MaxLength)
        {
            return $"it has {name.Length} characters, and {MaxLength} is the most.";
        }

        if (name != name.Trim())
        {
            return "it begins or ends with a blank.";
        }

        if (name.IndexOfAny(Wildcards) >= 0)
        {
            return "it holds a wildcard (* ? [ ] or a backtick).";
        }

        return name.Any(char.IsControl) ? "it holds a control character." : null;
    }
}
