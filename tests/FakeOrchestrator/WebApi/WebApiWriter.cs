using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FakeOrchestrator;

/// <summary>Writes collections and entities as the Web API does (facts B.4).</summary>
internal sealed class WebApiWriter
{
    /// <summary>What an Accept header says to have none of the metadata.</summary>
    internal const string NoMetadata = "odata.metadata=none";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly SourceView _view;
    private readonly string _root;
    private readonly TimeSpan _offset;
    private readonly string _offsetText;
    private readonly bool _withContext;

    internal WebApiWriter(SourceView view, string root, TimeSpan offset, bool withContext)
    {
        _view = view;
        _root = root;
        _offset = view.Quirks.WebApiTimesWithoutOffset ? TimeSpan.Zero : offset;
        _offsetText = view.Quirks.WebApiTimesWithoutOffset ? "" : (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
        _withContext = withContext;
    }

    /// <summary>A client may ask for none of the metadata (facts B.4).</summary>
    internal static string Media(RequestTarget target)
    {
        string metadata = target.Accepts(NoMetadata) ? "none" : "minimal";
        return $"application/json; odata.metadata={metadata}; odata.streaming=true; charset=utf-8";
    }

    internal byte[] Collection(IReadOnlyList<object> rows, EntityShape shape, int? count, string? next)
    {
        return Document(shape, "", json =>
        {
            if (count is { } total)
            {
                json.WriteNumber("@odata.count", total);
            }

            Rows(json, "value", rows, shape);
            if (next is not null)
            {
                json.WriteString("@odata.nextLink", next);
            }
        });
    }

    internal byte[] Entity(object row, EntityShape shape)
    {
        return Document(shape, "/$entity", json => Members(json, row, shape));
    }

    private byte[] Document(EntityShape shape, string suffix, Action<Utf8JsonWriter> write)
    {
        Utf8Buffer buffer = Utf8Buffer.Rent();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (_withContext)
            {
                json.WriteString("@odata.context", $"{_root}$metadata#{shape.Type.Set}{Selection(shape)}{suffix}");
            }

            write(json);
            json.WriteEndObject();
        }

        return buffer.Finish();
    }

    private static string Selection(EntityShape shape)
    {
        IEnumerable<string> expanded = shape.Navigations.Where(navigation => navigation.Expanded is not null).Select(navigation => navigation.Navigation.Name + "()");
        string[] parts = IsWhole(shape) ? [.. expanded] : [.. shape.Properties.Select(property => property.Name), .. expanded];
        return parts.Length == 0 ? "" : $"({string.Join(',', parts)})";
    }

    private void Rows(Utf8JsonWriter json, string name, IReadOnlyList<object> rows, EntityShape shape)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < rows.Count; i++)
        {
            json.WriteStartObject();
            Members(json, rows[i], shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Members(Utf8JsonWriter json, object row, EntityShape shape)
    {
        foreach (EdmProperty property in shape.Properties)
        {
            Value(json, property.Name, property.Get(row));
        }

        if (shape.Type.Set == "Runbooks" && IsWhole(shape))
        {
            // Seen empty; what it holds otherwise is unknown.
            json.WriteStartArray("Authorizations");
            json.WriteEndArray();
        }

        foreach (NavigationShape navigation in shape.Navigations)
        {
            if (navigation.Expanded is { } expanded)
            {
                Rows(json, navigation.Navigation.Name, navigation.Navigation.Rows(_view, row), expanded);
            }
        }
    }

    private void Value(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case Guid id:
                json.WriteString(name, id);
                break;
            case DateTime time:
                json.WriteString(name, (time + _offset).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + _offsetText);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static bool IsWhole(EntityShape shape)
    {
        return shape.Properties.Count == shape.Type.Properties.Count;
    }
}
