using System;
using System.Collections.Generic;
using System.Globalization;

namespace OrchestratorConnector.Benchmarks;

/// <summary>The arguments of a child process: pairs of <c>--name</c> and value.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    public Arguments(string[] pairs)
    {
        for (int i = 0; i + 1 < pairs.Length; i += 2)
        {
            _values.Add(pairs[i].TrimStart('-'), pairs[i + 1]);
        }
    }

    public string this[string name] => Find(name) ?? throw new ArgumentException($"--{name} is missing.");

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public int Number(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);

    public int Number(string name, int otherwise) => _values.ContainsKey(name) ? Number(name) : otherwise;
}
