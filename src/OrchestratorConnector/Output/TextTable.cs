using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;

namespace OrchestratorConnector.Output;

/// <summary>Values by name, in any case and in their order, that read as such: in a string, in a CSV file.</summary>
#pragma warning disable CA1010, CA2237 // For PowerShell, which goes by IDictionary; nobody serializes it in a way that would ask for the attribute.
public sealed class TextTable : OrderedDictionary
#pragma warning restore CA1010, CA2237
{
    internal TextTable()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this.Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}"));
}
