using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OrchestratorConnector.Scheduling;

/// <summary>Words for a shell of Unix, each in single quotes, within which nothing has a meaning.</summary>
internal static class ShellWords
{
    /// <summary>Makes one line of words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(" ", words.Select(w => "'" + w.Replace("'", @"'\''") + "'"));

    /// <summary>The words of a line that <see cref="Join"/> made, with whatever bare words follow.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == ' ' && !isQuoted)
            {
                Finish();
                continue;
            }

            word ??= new StringBuilder();
            if (c == '\'')
            {
                isQuoted = !isQuoted;
            }
            else if (c == '\\' && !isQuoted && i + 1 < line.Length)
            {
                word.Append(line[++i]);
            }
            else
            {
                word.Append(c);
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }
}
