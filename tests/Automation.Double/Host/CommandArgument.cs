using System.Collections;
using System.Collections.Generic;

namespace System.Management.Automation.Double;

/// <summary>
/// One argument of a call: <c>-Name</c> alone, <c>-Name:value</c>, or a value by itself, which the binder gives to the name before it
/// or to a position. <paramref name="Text"/> is a number as it was written, for a parameter that wants text;
/// <paramref name="IsSplat"/> tells what came out of a table from what was written.
/// </summary>
internal sealed record CommandArgument(string? Name, bool HasValue, object? Value, string? Text = null, bool IsSplat = false)
{
    /// <summary>The name as it stands in a command line.</summary>
    internal string Written => "-" + Name + (HasValue ? ":" : string.Empty);

    /// <summary>The arguments that a table, a list or a single value stands for.</summary>
    internal static IEnumerable<CommandArgument> Splat(object? value)
    {
        object? bare = PSObject.Base(value);
        if (bare is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                yield return new CommandArgument(entry.Key.ToString(), true, entry.Value, null, true);
            }
        }
        else
        {
            foreach (object? element in bare as IEnumerable ?? new[] { bare })
            {
                yield return new CommandArgument(null, true, element, null, true);
            }
        }
    }
}
