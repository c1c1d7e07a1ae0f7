using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OrchestratorConnector.Benchmarks;

/// <summary>The table in Markdown.</summary>
internal static class Table
{
    private static readonly string[] Heads = ["measurement", "measured", "baseline", "ratio", "bar", "met"];

    public static string Of(IReadOnlyList<Row> rows)
    {
        List<string[]> lines = [Heads, .. rows.Select(Cells)];
        int[] widths = [.. Heads.Select((_, i) => lines.Max(l => l[i].Length))];
        StringBuilder text = new();
        for (int i = 0; i < lines.Count; i++)
        {
            Line(text, lines[i].Select((cell, column) => cell.PadRight(widths[column])));
            if (i == 0)
            {
                Line(text, widths.Select(w => new string('-', w)));
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string[] Cells(Row row) =>
        [row.What, row.Measured, row.Baseline, row.Ratio, row.Bar, row.IsMet switch { true => "yes", false => "NO", null => string.Empty }];

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |").Append(Environment.NewLine);
}
