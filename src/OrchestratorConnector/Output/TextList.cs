using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace OrchestratorConnector.Output;

/// <summary>A list that reads as its items: in a string, in a CSV file.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class TextList<T> : ReadOnlyCollection<T>
{
    private readonly string _separator;

    internal TextList(IList<T> items, string separator = ", ")
        : base(items) => _separator = separator;

    /// <inheritdoc/>
    public override string ToString() => string.Join(_separator, this);
}
