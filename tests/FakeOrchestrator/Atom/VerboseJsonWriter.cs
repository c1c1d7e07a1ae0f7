using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FakeOrchestrator;

/// <summary>Writes OData V2's verbose JSON: d.results, __metadata, __deferred, __count, __next (facts A.7, mostly inferred).</summary>
internal sealed class VerboseJsonWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly SourceView _view;
    private readonly string _root;
    private readonly Utf8JsonWriter _json;

    private VerboseJsonWriter(SourceView view, string root, Utf8JsonWriter json)
    {
        _view = view;
        _root = root;
        _json = json;
    }

    internal static byte[] Feed(SourceView view, string root, IReadOnlyList<object> rows, EntityShape shape, int? count, string? next)
    {
        return Document(view, root, writer =>
        {
            writer._json.WriteStartObject("d");
            writer.Results(rows, shape);
            if (count is { } total)
            {
                writer._json.WriteString("__count", total.ToString(CultureInfo.InvariantCulture));
            }

            if (next is not null)
            {
                writer._json.WriteString("__next", next);
            }

            writer._json.WriteEndObject();
        });
    }

    internal static byte[] Entry(SourceView view, string root, object row, EntityShape shape)
    {
        return Document(view, root, writer =>
        {
            writer._json.WritePropertyName("d");
            writer.Entity(row, shape);
        });
    }

    private static byte[] Document(SourceView view, string root, Action<VerboseJsonWriter> write)
    {
        Utf8Buffer buffer = Utf8Buffer.Rent();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(new VerboseJsonWriter(view, root, json));
            json.WriteEndObject();
        }

        return buffer.Finish();
    }

    private void Results(IReadOnlyList<object> rows, EntityShape shape)
    {
        _json.WriteStartArray("results");
        foreach (object row in rows)
        {
            Entity(row, shape);
        }

        _json.WriteEndArray();
    }

    private void Entity(object row, EntityShape shape)
    {
        AtomTemplate template = AtomTemplate.Of(shape.Type);
        string address = _root + template.AddressOf(((SourceEntity)row).Id);
        _json.WriteStartObject();
        _json.WriteStartObject("__metadata");
        _json.WriteString("uri", address);
        if (template.Updated?.Get(row) is DateTime changed)
        {
            _json.WriteString("etag", AtomLiteral.ETag(changed));
        }

        _json.WriteString("type", $"{AtomSchema.Namespace}.{shape.Type.Name}");
        _json.WriteEndObject();
        foreach (EdmProperty property in shape.Properties)
        {
            Value(property.Name, property.Get(row));
        }

        foreach (NavigationShape navigation in shape.Navigations)
        {
            Navigation(row, navigation, address);
        }

        _json.WriteEndObject();
    }

    private void Value(string name, object? value)
    {
        switch (value)
        {
            case null:
                _json.WriteNull(name);
                break;
            case bool flag:
                _json.WriteBoolean(name, flag);
                break;
            case int number:
                _json.WriteNumber(name, number);
                break;
            case DateTime time:
                long milliseconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
                _json.WritePropertyName(name);
                _json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"\"\\/Date({milliseconds})\\/\""), skipInputValidation: true);
                break;
            default:
                _json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Navigation(object row, NavigationShape shape, string address)
    {
        if (shape.Expanded is not { } expanded)
        {
            _json.WriteStartObject(shape.Navigation.Name);
            _json.WriteStartObject("__deferred");
            _json.WriteString("uri", $"{address}/{shape.Navigation.Name}");
            _json.WriteEndObject();
            _json.WriteEndObject();
            return;
        }

        IReadOnlyList<object> rows = shape.Navigation.Rows(_view, row);
        if (shape.Navigation.Many)
        {
            _json.WriteStartObject(shape.Navigation.Name);
            Results(rows, expanded);
            _json.WriteEndObject();
        }
        else if (rows.Count == 0)
        {
            _json.WriteNull(shape.Navigation.Name);
        }
        else
        {
            _json.WritePropertyName(shape.Navigation.Name);
            Entity(rows[0], expanded);
        }
    }
}
