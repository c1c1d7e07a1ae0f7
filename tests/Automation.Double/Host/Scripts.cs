using System.Collections.Concurrent;

namespace System.Management.Automation.Double;

/// <summary>
/// Says what the scripts of a test do, as there is no language here that could. A text means the same everywhere, so tests that run
/// side by side each need texts of their own.
/// </summary>
public static class Scripts
{
    private static readonly ConcurrentDictionary<string, Func<object?, object?>> Bodies = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> Mistakes = new(StringComparer.Ordinal);

    /// <summary>
    /// The script block <c>{ text }</c>. Its body gets the value of <c>$_</c>, and gives what the script puts out: the elements of a
    /// collection one by one, null as such, <c>AutomationNull.Value</c> for nothing. What it throws is a script's <c>throw</c>, unless it
    /// is a <see cref="RuntimeException"/> already. From now on the text means this also where it is made into a script block elsewhere.
    /// </summary>
    public static ScriptBlock For(string text, Func<object?, object?> body)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(body);
        Bodies[text] = body;
        return new ScriptBlock(text, body);
    }

    /// <summary>Makes a text one that is no script: to make it into a script block fails with this error id.</summary>
    public static void Refuse(string text, string errorId)
    {
        ArgumentNullException.ThrowIfNull(text);
        Mistakes[text] = errorId;
    }

    internal static ScriptBlock Create(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Mistakes.TryGetValue(text, out string? errorId)
            ? throw new ParseException("At line:1 char:1" + Environment.NewLine + "This is no script: " + text, errorId)
            : new ScriptBlock(text, Bodies.TryGetValue(text, out Func<object?, object?>? body) ? body : null);
    }
}
