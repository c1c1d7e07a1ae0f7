using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OrchestratorConnector.Scheduling;

/// <summary>A list of arguments as one line, by the rules of Windows, which .NET keeps for its processes everywhere.</summary>
internal static class CommandLine
{
    /// <summary>Makes one line of arguments.</summary>
    public static string Join(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quote));

    /// <summary>The arguments of a line.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        List<string> arguments = [];
        StringBuilder? argument = null;
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] is ' ' or '\t' && !isQuoted)
            {
                Finish();
                continue;
            }

            argument ??= new StringBuilder();
            int backslashes = 0;
            while (i < line.Length && line[i] == '\\')
            {
                backslashes++;
                i++;
            }

            bool isQuote = i < line.Length && line[i] == '"';
            argument.Append('\\', isQuote ? backslashes / 2 : backslashes);
            if (isQuote && backslashes % 2 == 1)
            {
                argument.Append('"');
            }
            else if (isQuote)
            {
                isQuoted = !isQuoted;
            }
            else if (backslashes > 0)
            {
                // What follows them is looked at in its own turn.
                i--;
            }
            else
            {
                argument.Append(line[i]);
            }
        }

        Finish();
        return arguments;

        void Finish()
        {
            if (argument is not null)
            {
                arguments.Add(argument.ToString());
                argument = null;
            }
        }
    }

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => c is ' ' or '\t' or '"'))
        {
            return argument;
        }

        StringBuilder quoted = new("\"");
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }

            quoted.Append('\\', c == '"' ? (2 * backslashes) + 1 : backslashes).Append(c);
            backslashes = 0;
        }

        return quoted.Append('\\', 2 * backslashes).Append('"').ToString();
    }
}
