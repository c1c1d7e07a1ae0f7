using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Benchmarks;

/// <summary>A synchronization against the sum of the bare things that it cannot do without, each measured alone.</summary>
internal static class UnavoidableWork
{
    /// <summary>
    /// How often each is done again in its process after the first time: until the runtime has compiled for good what it found to
    /// be hot, which on two cores it does beside the work.
    /// </summary>
    public const int Later = 8;

    private const int Times = 1 + Later;

    /// <param name="what">What is synchronized.</param>
    /// <param name="repeat">How often.</param>
    /// <param name="bar">How many times the bare work it may take.</param>
    /// <param name="sync">The synchronization.</param>
    /// <param name="bare">The bare things, each with its name.</param>
    public static IEnumerable<Row> Compare(string what, int repeat, double bar, Func<int, double[]> sync, params (string Name, Func<int, double[]> Work)[] bare)
    {
        List<double[]> syncs = [];
        List<double[]>[] bares = [.. bare.Select(_ => new List<double[]>())];
        for (int i = 0; i < repeat; i++)
        {
            for (int b = 0; b < bare.Length; b++)
            {
                bares[b].Add(bare[b].Work(Times));
            }

            syncs.Add(sync(Times));
        }

        yield return RowOf(what, t => t.Skip(1).Min(), bar);
        // Compiling the code is no work of the synchronization, and shells that stay open do it once: for information.
        yield return RowOf(what + ", first in its process", t => t[0], null);

        // The quickest of the later times: what the work takes when nothing disturbs it.
        Row RowOf(string name, Func<double[], double> choose, double? most)
        {
            double[] measured = [.. syncs.Select(choose)];
            double[][] parts = [.. bares.Select(b => b.Select(choose).ToArray())];
            double[] sum = [.. Enumerable.Range(0, repeat).Select(i => parts.Sum(p => p[i]))];
            string named = string.Join(" + ", bare.Select((b, i) => $"{b.Name} {Median.Of(parts[i]):N0}"));
            return Row.AtMost(name, measured, sum, $"({named})", most);
        }
    }
}
