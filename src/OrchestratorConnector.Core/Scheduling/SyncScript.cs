using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Scheduling;

/// <summary>
/// The PowerShell that a scheduler runs, and its reading back. The module is named by its file, because a scheduler's
/// PSModulePath is not the user's. A shell that is given a command ends with 1 when the last one wrote an error, which is
/// what a scheduler shows.
/// </summary>
internal static class SyncScript
{
    // PowerShell takes each of these for a single quote.
    private const string Quotes = "'\u2018\u2019\u201A\u201B";
    private const string Quoted = "'((?:[^" + Quotes + "]|([" + Quotes + @"])\{0})*)'";

    private static readonly Regex Form = new(
        "^Import-Module -Name " + Quoted.Replace("{0}", "2") + " -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath " + Quoted.Replace("{0}", "4") + "$",
        RegexOptions.CultureInvariant);

    /// <summary>What a shell is given to synchronize what is due.</summary>
    /// <param name="module">The full path of the module's manifest.</param>
    /// <param name="statePath">The store's full path.</param>
    public static IReadOnlyList<string> Arguments(string module, string statePath) =>
    [
        "-NoProfile",
        "-NonInteractive",
        "-Command",
        $"Import-Module -Name {Quote(Literal(module))} -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath {Quote(statePath)}",
    ];

    /// <summary>The module and the store that arguments name.</summary>
    /// <returns>Whether they are of the form that <see cref="Arguments"/> makes.</returns>
    public static bool TryRead(IReadOnlyList<string> arguments, out string module, out string statePath)
    {
        Match match = Form.Match(arguments.Count == 0 ? string.Empty : arguments[arguments.Count - 1]);
        module = Regex.Replace(Unquote(match.Groups[1].Value), @"`([*?\[\]])", "$1");
        statePath = Unquote(match.Groups[3].Value);
        return match.Success;
    }

    private static string Quote(string text) => "'" + Regex.Replace(text, $"[{Quotes}]", "$0$0") + "'";

    private static string Unquote(string text) => Regex.Replace(text, $@"([{Quotes}])\1", "$1");

    // Import-Module reads wildcards.
    private static string Literal(string path) => Regex.Replace(path, @"[*?\[\]]", "`$0");
}
