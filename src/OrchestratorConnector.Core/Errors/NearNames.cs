using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Errors;

/// <summary>Names that somebody who typed another one may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;

    /// <summary>At most three names, nearest first: those that contain the wrong one, or differ by a few letters.</summary>
    public static IEnumerable<string> Find(string wrong, IEnumerable<string> candidates)
    {
        string wanted = wrong.ToUpperInvariant();
        int limit = Math.Max(2, wanted.Length / 3);
        return candidates
            .Select(name => (Name: name, Distance: Distance(wanted, name.ToUpperInvariant(), limit)))
            .Where(c => c.Distance <= limit)
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(c => c.Name);
    }

    private static int Distance(string wanted, string name, int limit)
    {
        if (wanted.Length > 2 && name.Contains(wanted))
        {
            return 1;
        }

        if (Math.Abs(wanted.Length - name.Length) > limit)
        {
            return int.MaxValue;
        }

        // Levenshtein's distance over one row.
        int[] row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (int i = 1; i <= wanted.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= name.Length; j++)
            {
                int replaced = diagonal + (wanted[i - 1] == name[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, replaced);
            }
        }

        return row[name.Length];
    }
}
