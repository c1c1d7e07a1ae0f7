using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>What stands inside an entry: its properties, and the elements that feeds and entries share.</summary>
internal sealed partial class AtomWriter
{
    private void Content(object row, EntityShape shape, AtomTemplate template, int depth)
    {
        _buffer.Line(depth);
        _buffer.Raw("<content type=\"application/xml\">"u8);
        _buffer.Line(depth + 1);
        _buffer.Raw("<m:properties>"u8);
        foreach (EdmProperty property in shape.Properties)
        {
            _buffer.Line(depth + 2);
            Property(property, template.Tags(property), property.Get(row));
        }

        _buffer.Line(depth + 1);
        _buffer.Raw("</m:properties>"u8);
        _buffer.Line(depth);
        _buffer.Raw("</content>"u8);
    }

    private void Property(EdmProperty property, AtomTemplate.PropertyTags tags, object? value)
    {
        switch (value)
        {
            case null:
                _buffer.Raw(tags.Null);
                return;
            case string text:
                bool padded = text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]));
                _buffer.Raw(padded ? tags.SpaceStart : tags.Start);
                _buffer.Text(text);
                break;
            case Guid id:
                _buffer.Raw(tags.Start);
                _buffer.Id(id);
                break;
            case DateTime time:
                _buffer.Raw(tags.Start);
                _buffer.Time(time);
                break;
            case bool flag:
                _buffer.Raw(tags.Start);
                _buffer.Raw(flag ? "true"u8 : "false"u8);
                break;
            case int number:
                _buffer.Raw(tags.Start);
                _buffer.Number(number);
                break;
            default:
                throw new InvalidOperationException($"The property {property.Name} has a value of a kind that is not written.");
        }

        _buffer.Raw(tags.End);
    }

    private static object? Value(EdmProperty? property, object row, EntityShape shape)
    {
        return property is null || (shape.Properties.Count != shape.Type.Properties.Count && !Contains(shape.Properties, property)) ? null : property.Get(row);
    }

    private static bool Contains(IReadOnlyList<EdmProperty> properties, EdmProperty property)
    {
        for (int i = 0; i < properties.Count; i++)
        {
            if (ReferenceEquals(properties[i], property))
            {
                return true;
            }
        }

        return false;
    }

    private void Author(int depth)
    {
        _buffer.Line(depth);
        _buffer.Raw("<author>"u8);
        _buffer.Line(depth + 1);
        _buffer.Raw("<name />"u8);
        _buffer.Line(depth);
        _buffer.Raw("</author>"u8);
    }

    private void Now(int depth)
    {
        _buffer.Line(depth);
        _buffer.Raw("<updated>"u8);
        _buffer.Time(Seconds(_now));
        _buffer.Raw("Z</updated>"u8);
    }

    private void Stamped(DateTime time)
    {
        _buffer.Time(Seconds(time));
        _buffer.Raw(_offset);
    }

    private static DateTime Seconds(DateTime time)
    {
        return new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond));
    }
}
