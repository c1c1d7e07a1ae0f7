using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// The properties of one entity, by name, in any order; used again for the next one. Few enough that a search beats a table,
/// and most often the one that is asked for stands right behind the last: both keep the order in which the server declares them.
/// </summary>
internal sealed class EntityReader
{
    private readonly List<KeyValuePair<string, string?>> _properties = new(16);
    private int _next;

    /// <summary>The value of a property; <see langword="null"/> when it is null or absent.</summary>
    public string? this[string name]
    {
        [MethodImpl(Compile.AtOnce)]
        get
        {
            for (int i = 0; i < _properties.Count; i++)
            {
                _next = _next < _properties.Count ? _next : 0;
                KeyValuePair<string, string?> property = _properties[_next++];
                if (string.Equals(property.Key, name, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }

            return null;
        }
    }

    public void Clear()
    {
        _properties.Clear();
        _next = 0;
    }

    public void Add(string name, string? value) => _properties.Add(new KeyValuePair<string, string?>(name, value));

    public string Required(string name, Uri url) =>
        this[name] is { Length: > 0 } value ? value : throw Error.EntryIncomplete(url, Describe(), name);

    public Guid RequiredGuid(string name, Uri url) => Guid(name, url) ?? throw Error.EntryIncomplete(url, Describe(), name);

    public Guid? Guid(string name, Uri url)
    {
        if (this[name] is not { Length: > 0 } text)
        {
            return null;
        }

        // Braces were seen accepted in requests; so they are in answers.
        return System.Guid.TryParse(text, out Guid guid) ? guid : throw Error.EntryIncomplete(url, Describe(), $"{name} ('{text}')");
    }

    public DateTime? Time(string name, Uri url)
    {
        if (this[name] is not { Length: > 0 } text)
        {
            return null;
        }

        return ServerTime.Parse(text) ?? throw Error.EntryIncomplete(url, Describe(), $"{name} ('{text}')");
    }

    public bool Flag(string name, Uri url) => this[name] switch
    {
        null or "" => false,
        string text when text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1" => true,
        string text when text.Equals("false", StringComparison.OrdinalIgnoreCase) || text == "0" => false,
        string text => throw Error.EntryIncomplete(url, Describe(), $"{name} ('{text}')"),
    };

    /// <summary>Names the entry in an error, by whatever it has.</summary>
    public string Describe() => (this["Id"], this["Name"]) switch
    {
        ({ Length: > 0 } id, { Length: > 0 } name) => $"'{name}' ({id})",
        ({ Length: > 0 } id, _) => id,
        (_, { Length: > 0 } name) => $"'{name}'",
        _ => "without id and name",
    };
}
