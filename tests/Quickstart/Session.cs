using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Quickstart;

/// <summary>A prompt whose lines have to do what is expected: shows each line as it is typed and fails when one brings an error that nobody expects.</summary>
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
        PromptResult result = Type(line);
        return result.Errors.Count == 0 ? result.Output : throw new StepException($"'{line}' failed with {string.Join(", ", result.Errors)}.");
    }

    /// <summary>Runs a line that has to give so many objects.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Run(string line, int count)
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> output = Run(line);
        Expect(output.Count == count, $"'{line}' gave {Number(output.Count)} objects, not {Number(count)}");
        return output;
    }

    /// <summary>Runs a line that has to give so many objects and one error with this id, and gives the objects.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> RunFailing(string line, int count, string errorId)
    {
        PromptResult result = Type(line);
        Expect(
            result.Errors is [{ } error] && error.StartsWith(errorId + ",", StringComparison.Ordinal),
            $"'{line}' gave the errors {string.Join(", ", result.Errors)}, not {errorId}");
        Expect(result.Output.Count == count, $"'{line}' gave {Number(result.Output.Count)} objects, not {Number(count)}");
        return result.Output;
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

    private PromptResult Type(string line)
    {
        Console.WriteLine(Mark + line);
        PromptResult result = prompt.Run(line);
        if (result.Output.Count == 0)
        {
            Console.WriteLine();
        }

        return result;
    }

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static int CountOf(IEnumerable<IReadOnlyDictionary<string, string>> objects, string property, string value)
        => objects.Count(o => o.GetValueOrDefault(property) == value);
}
