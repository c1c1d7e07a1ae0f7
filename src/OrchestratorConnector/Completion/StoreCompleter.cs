using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Completion;

/// <summary>Completes names from the store: never from a network, and never with an error.</summary>
public abstract class StoreCompleter : IArgumentCompleter
{
    /// <summary>How many suggestions are of use to somebody who presses Tab.</summary>
    private protected const int Most = 100;

    // What PowerShell takes for a single quote.
    private const string SingleQuotes = "'\u2018\u2019\u201A\u201B";

    // And for a double one.
    private const string DoubleQuotes = "\"\u201C\u201D\u201E";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = Unquote(wordToComplete ?? string.Empty);
        List<CompletionResult> results = [];
        try
        {
            string path = fakeBoundParameters?["StatePath"] as string is { Length: > 0 } given ? Resolve(given) : StatePathResolver.Default();
            if (!File.Exists(path))
            {
                // Looking for a name is no reason to make a store.
                return results;
            }

            using SqliteStateStore store = SqliteStateStore.Open(path, new SqliteStoreOptions { BusyTimeout = Patience });
            foreach ((string name, string tip) in Find(store, start))
            {
                results.Add(new CompletionResult(Quote(ToArgument(name)), name, CompletionResultType.ParameterValue, tip));
            }
        }
        catch (Exception e) when (e is OrchestratorException or RuntimeException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A store that cannot be read now suggests nothing; the cmdlet will say why.
        }

        return results;
    }

    /// <summary>The names that fit what was typed, with a tooltip.</summary>
    private protected abstract IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start);

    /// <summary>A name as the parameter takes it; one that takes wildcards wants those of a name escaped.</summary>
    private protected virtual string ToArgument(string name) => name;

    /// <summary>Whether a name starts with what was typed, which may hold wildcards.</summary>
    private protected static bool Fits(string name, string start) => Beginning(start).Any(p => p.IsMatch(name));

    /// <summary>What begins with what was typed, whether its brackets were meant as a wildcard or not.</summary>
    private protected static IReadOnlyList<NamePattern> Beginning(string start)
    {
        // A backtick at the end waits for the character that it escapes.
        NamePattern typed = NamePattern.Parse(start.TrimEnd('`') + "*");
        string literal = WildcardPattern.Escape(start);
        return literal == start ? [typed] : [typed, NamePattern.Parse(literal + "*")];
    }

    /// <summary>What somebody meant who has not closed the quote yet.</summary>
    private static string Unquote(string word)
    {
        if (word.Length == 0 || (SingleQuotes.IndexOf(word[0]) < 0 && DoubleQuotes.IndexOf(word[0]) < 0))
        {
            return word;
        }

        bool isLiteral = SingleQuotes.IndexOf(word[0]) >= 0;
        string quotes = isLiteral ? SingleQuotes : DoubleQuotes;
        StringBuilder text = new();
        for (int i = 1; i < word.Length; i++)
        {
            bool isEscape = i + 1 < word.Length && (quotes.IndexOf(word[i]) >= 0 ? quotes.IndexOf(word[i + 1]) >= 0 : !isLiteral && word[i] == '`');
            if (isEscape)
            {
                text.Append(word[++i]);
            }
            else if (i + 1 < word.Length || quotes.IndexOf(word[i]) < 0)
            {
                // The shell has taken quotes that were doubled together already; one at the end closes the text.
                text.Append(word[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>The name as an argument: quoted where a bare word would not do.</summary>
    private static string Quote(string name)
    {
        bool isBareWord = name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '\\' or ':' or '/') && name[0] != '-';
        return isBareWord ? name : "'" + string.Concat(name.Select(c => SingleQuotes.IndexOf(c) >= 0 ? new string(c, 2) : c.ToString())) + "'";
    }

    /// <summary>A path of the shell that asks, on whose thread completers run.</summary>
    private static string Resolve(string path) => Path.IsPathRooted(path) || Runspace.DefaultRunspace is null ? Path.GetFullPath(path) : Ask(path);

    private static string Ask(string path)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript("param($Path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)").AddArgument(path);
        return shell.Invoke()[0].ToString();
    }
}
