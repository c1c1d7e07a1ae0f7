using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Quickstart;

/// <summary>A prompt whose lines have to succeed: shows each line as it is typed and fails when one brings an error.</summary>
internal sealed class Session(IPrompt prompt)
{
    private const string Mark = "PS> ";

    /// <summary>Says what no command says.</summary>
    internal static void Note(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine("# " + line);
        }

        Console.WriteLine();
    }

    /// <summary>Runs a line that has to succeed, and gives its objects.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Run(string line)
    {
        Console.WriteLine(Mark + line);
        PromptResult result = prompt.Run(line);
        if (result.Output.Count == 0)
        {
            Console.WriteLine();
        }

        return result.Errors.Count == 0 ? result.Output : throw new StepException($"'{line}' failed with {string.Join(", ", result.Errors)}.");
    }

    /// <summary>Runs a line that has to give so many objects.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Run(string line, int count)
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> output = Run(line);
        Expect(output.Count == count, $"'{line}' gave {Number(output.Count)} objects, not {Number(count)}");
        return output;
    }

    /// <summary>Says that each of these objects must have these values.</summary>
    internal static void Expect(IEnumerable<IReadOnlyDictionary<string, string>> objects, params (string Property, string Value)[] expected)
    {
        foreach (IReadOnlyDictionary<string, string> one in objects)
        {
            foreach ((string property, string value) in expected)
            {
                string? actual = one.GetValueOrDefault(property);
                Expect(string.Equals(actual, value, StringComparison.Ordinal), $"{property} is '{actual}', not '{value}'");
            }
        }
    }

    /// <summary>Ends the run when something is not as it has to be.</summary>
    internal static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new StepException($"A step did not do what it should: {otherwise}.");
        }
    }

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static int CountOf(IEnumerable<IReadOnlyDictionary<string, string>> objects, string property, string value)
        => objects.Count(o => o.GetValueOrDefault(property) == value);
}
