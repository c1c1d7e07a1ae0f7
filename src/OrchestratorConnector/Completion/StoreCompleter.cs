using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Language;
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

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = (wordToComplete ?? string.Empty).Trim('\'', '"');
        List<CompletionResult> results = [];
        try
        {
            string path = fakeBoundParameters?["StatePath"] as string is { Length: > 0 } given ? Path.GetFullPath(given) : StatePathResolver.Default();
            if (!File.Exists(path))
            {
                // Looking for a name is no reason to make a store.
                return results;
            }

            using SqliteStateStore store = SqliteStateStore.Open(path, new SqliteStoreOptions { BusyTimeout = Patience });
            foreach ((string name, string tip) in Find(store, start))
            {
                results.Add(new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, tip));
            }
        }
        catch (Exception e) when (e is OrchestratorException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A store that cannot be read now suggests nothing; the cmdlet will say why.
        }

        return results;
    }

    /// <summary>The names that fit what was typed, with a tooltip.</summary>
    private protected abstract IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start);

    /// <summary>Whether a name starts with what was typed, which may hold wildcards.</summary>
    private protected static bool Fits(string name, string start) => NamePattern.Parse(start + "*").IsMatch(name);

    /// <summary>The name as an argument: quoted where a bare word would not do.</summary>
    private static string Quote(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.' or '\\' or ':' or '/'))
            {
                return "'" + name.Replace("'", "''") + "'";
            }
        }

        return name;
    }
}
