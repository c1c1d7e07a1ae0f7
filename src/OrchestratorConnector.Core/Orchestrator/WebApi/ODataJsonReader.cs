using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.OData;
using Microsoft.OData.Json;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator.WebApi;

/// <summary>
/// Reads OData V4 collections and plain objects forward only, holding one entity at a time. Annotations may stand before or
/// behind the values, in any order; whatever is not known means nothing.
/// </summary>
internal sealed class ODataJsonReader : IDisposable
{
    private const int MaxDepth = 64;
    private const string NextLink = "@odata.nextLink";

    private readonly TextReader _text;
    private readonly IJsonReader _json;
    private readonly HttpAnswer? _answer;
    private readonly Uri _url;
    private State _state;
    private EntityReader? _nested;

    /// <param name="answer">The answer to read.</param>
    public ODataJsonReader(HttpAnswer answer)
        : this(answer.Body, answer.Url) => _answer = answer;

    /// <param name="stream">A document.</param>
    /// <param name="url">Where it comes from, for errors.</param>
    public ODataJsonReader(Stream stream, Uri url)
    {
        _url = url;
        _text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 16 * 1024, leaveOpen: true);
        _json = ODataJson.Open(_text);
    }

    private enum State
    {
        Start,
        InValue,
        Ended,
    }

    /// <summary>The number of all entities, once the answer has told it.</summary>
    public long? Count { get; private set; }

    /// <summary>The address of the next page, once the answer has told it.</summary>
    public string? Next { get; private set; }

    /// <summary>The arrays of a plain object that go on at another address, because the server pages what hangs on an object too.</summary>
    public HashSet<string> Incomplete { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Told of every array that an entity holds, by its name and without an object, and of every object in it; the arrays of such
    /// an object are passed over.
    /// </summary>
    public Action<string, EntityReader?>? Expanded { get; init; }

    /// <summary>Reads the next entity of a collection, or the one that the document is.</summary>
    /// <returns>Whether there was one.</returns>
    public bool ReadEntity(EntityReader entity)
    {
        try
        {
            return ReadEntityCore(entity);
        }
        catch (ODataException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Reads a document that is one plain object.</summary>
    public void ReadObject(EntityReader entity)
    {
        try
        {
            Expect(JsonNodeType.StartObject);
            ReadProperties(entity, depth: 0);
            ExpectEnd();
        }
        catch (ODataException e)
        {
            throw Failure(e);
        }
    }

    public void Dispose() => _text.Dispose();

    [MethodImpl(Compile.AtOnce)]
    private bool ReadEntityCore(EntityReader entity)
    {
        _answer?.Body.Mark();
        switch (_state)
        {
            case State.Start:
                return ReadStart(entity);
            case State.InValue:
                return ReadNextOfValue(entity);
            default:
                return false;
        }
    }

    private bool ReadStart(EntityReader entity)
    {
        Expect(JsonNodeType.StartObject);
        entity.Clear();
        while (Read() == JsonNodeType.Property)
        {
            string name = (string)_json.Value;
            if (name == "value" && Read() == JsonNodeType.StartArray)
            {
                _state = State.InValue;
                return ReadNextOfValue(entity);
            }

            if (name != "value")
            {
                Read();
            }

            TakeProperty(entity, name, depth: 0);
        }

        // No collection: the document is the entity, unless it is an answer without any.
        _state = State.Ended;
        ExpectEnd();
        return entity["Id"] is not null ? true : throw Error.NotOrchestrator(_url, "the document is neither a collection nor an entity.");
    }

    private bool ReadNextOfValue(EntityReader entity)
    {
        switch (Read())
        {
            case JsonNodeType.StartObject:
                ReadProperties(entity, depth: 1);
                return true;
            case JsonNodeType.EndArray:
                ReadRest();
                return false;
            default:
                throw Error.ResponseMalformed(_url, "its collection holds something that is no object.", null);
        }
    }

    /// <summary>What stands behind the collection: annotations, and the end of the document.</summary>
    private void ReadRest()
    {
        _state = State.Ended;
        while (Read() == JsonNodeType.Property)
        {
            string name = (string)_json.Value;
            Read();
            TakeProperty(null, name, depth: 0);
        }

        ExpectEnd();
    }

    /// <summary>
    /// A server that fails while it writes may put its error behind what it had written: nothing may stand behind a document.
    /// </summary>
    private void ExpectEnd()
    {
        try
        {
            if (Read() == JsonNodeType.EndOfInput)
            {
                return;
            }
        }
        catch (ODataException)
        {
            // What it is does not matter.
        }

        throw Error.ResponseMalformed(_url, "something stands behind its document.", null);
    }

    /// <summary>Behind the start of an object; leaves the reader on its end.</summary>
    [MethodImpl(Compile.AtOnce)]
    private void ReadProperties(EntityReader entity, int depth)
    {
        entity.Clear();
        while (Read() == JsonNodeType.Property)
        {
            string name = (string)_json.Value;
            Read();
            TakeProperty(entity, name, depth);
        }
    }

    /// <summary>On the value of a property.</summary>
    [MethodImpl(Compile.AtOnce)]
    private void TakeProperty(EntityReader? entity, string name, int depth)
    {
        if (_json.NodeType == JsonNodeType.StartArray && entity is not null && Expanded is not null && !ReferenceEquals(entity, _nested))
        {
            ReadExpanded(name);
            return;
        }

        if (_json.NodeType != JsonNodeType.PrimitiveValue)
        {
            SkipValue();
            return;
        }

        object? value = _json.Value;
        if (depth > 0 || name.IndexOf('@') < 0)
        {
            entity?.Add(name, ToText(value));
        }
        else if (name.EndsWith("@odata.count", StringComparison.Ordinal) || name == "@count")
        {
            Count = long.TryParse(ToText(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out long count)
                ? count
                : throw Error.ResponseMalformed(_url, $"its number of entities is '{value}'.", null);
        }
        else if (name is NextLink or "@nextLink")
        {
            Next = ToText(value);
        }
        else if (name.EndsWith(NextLink, StringComparison.Ordinal))
        {
            Incomplete.Add(name.Substring(0, name.Length - NextLink.Length));
        }
    }

    /// <summary>On the start of an array; leaves the reader on its end.</summary>
    private void ReadExpanded(string name)
    {
        _nested = _nested ?? new EntityReader();
        Expanded!(name, null);
        while (Read() is not (JsonNodeType.EndArray or JsonNodeType.EndOfInput))
        {
            if (_json.NodeType == JsonNodeType.StartObject)
            {
                ReadProperties(_nested, depth: 1);
                Expanded!(name, _nested);
            }
            else
            {
                SkipValue();
            }
        }
    }

    private void SkipValue()
    {
        int depth = 0;
        do
        {
            switch (_json.NodeType)
            {
                case JsonNodeType.StartObject or JsonNodeType.StartArray:
                    if (++depth > MaxDepth)
                    {
                        throw Error.ResponseMalformed(_url, "it is nested too deeply.", null);
                    }

                    break;
                case JsonNodeType.EndObject or JsonNodeType.EndArray:
                    depth--;
                    break;
                default:
                    break;
            }
        }
        while (depth > 0 && _json.Read());
    }

    private static string? ToText(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private JsonNodeType Read() => _json.Read() ? _json.NodeType : JsonNodeType.EndOfInput;

    private void Expect(JsonNodeType type)
    {
        JsonNodeType found = Read();
        if (found != type)
        {
            throw Error.NotOrchestrator(_url, $"the document is not a JSON object ({found}).");
        }
    }

    private OrchestratorException Failure(ODataException e) =>
        _answer is { Body.EndSeen: true } ? Error.ResponseTruncated(_url, e) : Error.ResponseMalformed(_url, e.Message, e);
}
