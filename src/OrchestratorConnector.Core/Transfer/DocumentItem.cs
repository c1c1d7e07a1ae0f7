using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Transfer.Json;

namespace OrchestratorConnector.Transfer;

/// <summary>One object of a document while it is read: its properties, in any case, and which of them nobody asked for.</summary>
internal sealed class DocumentItem
{
    private readonly string _file;
    private readonly int _line;
    private readonly Dictionary<string, (string Name, JsonValue Value)> _members = [];
    private readonly HashSet<string> _read = [];

    /// <param name="value">The object.</param>
    /// <param name="file">Where it comes from, for errors.</param>
    /// <param name="what">What it is, for errors: the connector 'Production'.</param>
    /// <exception cref="OrchestratorException">ImportInvalid: it is no object, or has a property twice.</exception>
    public DocumentItem(JsonValue value, string file, string what)
    {
        _file = file;
        _line = value.Line;
        What = what;
        if (value.Kind != JsonKind.Object)
        {
            throw Invalid("it is not an object in braces.");
        }

        foreach (KeyValuePair<string, JsonValue> member in value.Members)
        {
            string key = NamePattern.Key(member.Key);
            if (_members.ContainsKey(key))
            {
                throw Error.ImportInvalid(file, member.Value.Line, what, $"it has the property '{member.Key}' twice.", null);
            }

            _members.Add(key, (member.Key, member.Value));
        }
    }

    /// <summary>What it is.</summary>
    public string What { get; set; }

    /// <summary>The properties that were not asked for.</summary>
    public IEnumerable<string> Unread => _members.Where(m => !_read.Contains(m.Key)).Select(m => m.Value.Name);

    /// <summary>A text that has to be there.</summary>
    public string RequiredText(string name) => OptionalText(name) ?? throw Invalid($"it has no {name}.");

    /// <summary>A text; <see langword="null"/> where it is not there, or null, or empty.</summary>
    public string? OptionalText(string name) => GivenText(name) is { Length: > 0 } text ? text : null;

    /// <summary>A text, which may be empty; <see langword="null"/> where it is not there, or null.</summary>
    public string? GivenText(string name) => Find(name) switch
    {
        null => null,
        { Kind: JsonKind.Text } value => value.Text,
        { } value => throw Invalid(value, $"its {name} is not a text in double quotes."),
    };

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { Kind: JsonKind.True } => true,
        { Kind: JsonKind.False } => false,
        { } value => throw Invalid(value, $"its {name} is neither true nor false."),
    };

    /// <summary>A whole number; <see langword="null"/> where it is not there.</summary>
    public int? Number(string name) => Find(name) switch
    {
        null => null,
        { Kind: JsonKind.Number } value when int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
        { } value => throw Invalid(value, $"its {name} is not a whole number."),
    };

    /// <summary>One of the words of an enumeration.</summary>
    public T Word<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (OptionalText(name) is not { } text)
        {
            return otherwise;
        }

        // A number is not one of the words.
        return Enum.TryParse(text, ignoreCase: true, out T word) && string.Equals(word.ToString(), text, StringComparison.OrdinalIgnoreCase)
            ? word
            : throw Invalid(Find(name)!, $"its {name} is '{text}', and can be {string.Join(", ", typeof(T).GetEnumNames())}.");
    }

    /// <summary>An object; <see langword="null"/> where it is not there.</summary>
    public DocumentItem? Item(string name) => Find(name) is { } value ? new DocumentItem(value, _file, $"the {name} of {What}") : null;

    /// <summary>The elements of an array; none where it is not there.</summary>
    public IReadOnlyList<JsonValue> Elements(string name) => Find(name) switch
    {
        null => [],
        { Kind: JsonKind.Array } value => value.Items,
        { } value => throw Invalid(value, $"its {name} is not a list in brackets."),
    };

    /// <summary>The error that it cannot be imported.</summary>
    /// <param name="why">Why: what it has or lacks.</param>
    /// <param name="inner">The error of what refused it.</param>
    public OrchestratorException Invalid(string why, Exception? inner = null) => Error.ImportInvalid(_file, _line, What, why, inner);

    /// <summary>What a check of the product makes of a text, or the error that the item does not pass it.</summary>
    public T Checked<T>(string text, Func<string, T> check)
    {
        try
        {
            return check(text);
        }
        catch (OrchestratorException e)
        {
            throw Invalid(e.Message, e);
        }
    }

    private OrchestratorException Invalid(JsonValue value, string why) => Error.ImportInvalid(_file, value.Line, What, why, null);

    private JsonValue? Find(string name)
    {
        string key = NamePattern.Key(name);
        _read.Add(key);
        return _members.TryGetValue(key, out (string Name, JsonValue Value) member) && member.Value.Kind != JsonKind.Null ? member.Value : null;
    }
}
