using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes folders that hold runbooks of the library, in themselves or in folders below.</summary>
public class FolderCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected sealed override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start)
    {
        string from = start.Length == 0 || start[0] == '\\' ? start : "\\" + start;
        return store.CompleteFolders(Unescape(from), Most)
            .SelectMany(Branch)
            .Where(f => f.StartsWith(Unescape(from), StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(f => (f, f));
    }

    /// <summary>What was typed without the escapes that <see cref="StoreCompleter.ToArgument"/> makes.</summary>
    private protected virtual string Unescape(string typed) => typed;

    /// <summary>A folder behind those that it is in.</summary>
    private static IEnumerable<string> Branch(string folder)
    {
        for (int end = folder.IndexOf('\\', 1); end > 0; end = folder.IndexOf('\\', end + 1))
        {
            yield return folder.Substring(0, end);
        }

        yield return folder;
    }
}
