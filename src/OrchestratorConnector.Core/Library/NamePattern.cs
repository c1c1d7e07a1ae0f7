using System.Collections.Generic;
using System.Text;

namespace OrchestratorConnector.Library;

/// <summary>
/// A name as a user types it to choose among many: PowerShell's wildcards <c>*</c>, <c>?</c>, <c>[ab]</c>, <c>[a-z]</c>, a
/// backtick before a character that means itself; compared in any case. Stands here because the core knows no shell.
/// </summary>
public sealed class NamePattern
{
    // What no name fits, in a language that has no empty set.
    private const string NoCharacter = "[^\u0001-\U0010FFFF]";

    private readonly List<Element> _elements;

    private NamePattern(string text, List<Element> elements, string? literal)
    {
        Text = text;
        _elements = elements;
        Literal = literal;
    }

    private enum ElementKind
    {
        Character,
        AnyOne,
        AnyMany,
        OneOf,
    }

    /// <summary>The text as typed.</summary>
    public string Text { get; }

    /// <summary>The one name that is meant, without escapes; <see langword="null"/> when the text holds a wildcard.</summary>
    public string? Literal { get; }

    /// <summary>Reads a typed name. A bracket that never closes means itself.</summary>
    public static NamePattern Parse(string text)
    {
        List<Element> elements = [];
        StringBuilder literal = new();
        bool hasWildcard = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            int close;
            if (c == '`' && i + 1 < text.Length)
            {
                elements.Add(Element.Of(text[++i]));
                literal.Append(text[i]);
            }
            else if (c == '*' || c == '?')
            {
                elements.Add(new Element(c == '*' ? ElementKind.AnyMany : ElementKind.AnyOne, default, null));
                hasWildcard = true;
            }
            else if (c == '[' && (close = text.IndexOf(']', i + 1)) > i + 1)
            {
                elements.Add(new Element(ElementKind.OneOf, default, Ranges(text.Substring(i + 1, close - i - 1))));
                hasWildcard = true;
                i = close;
            }
            else
            {
                elements.Add(Element.Of(c));
                literal.Append(c);
            }
        }

        return new NamePattern(text, elements, hasWildcard ? null : literal.ToString());
    }

    /// <summary>A pattern that means exactly this name, whatever characters it holds.</summary>
    public static NamePattern Exactly(string name)
    {
        List<Element> elements = [];
        foreach (char c in name)
        {
            elements.Add(Element.Of(c));
        }

        return new NamePattern(name, elements, name);
    }

    /// <summary>Whether a name fits. A character of two UTF-16 units is one character, as it is in the store.</summary>
    public bool IsMatch(string name)
    {
        string upper = Key(name);
        int element = 0;
        int position = 0;
        int starElement = -1;
        int starPosition = 0;
        while (position < upper.Length)
        {
            if (element < _elements.Count && _elements[element].Kind == ElementKind.AnyMany)
            {
                starElement = element++;
                starPosition = position;
            }
            else if (element < _elements.Count && _elements[element].Matches(upper[position]))
            {
                position += _elements[element].Kind == ElementKind.AnyOne ? LengthAt(upper, position) : 1;
                element++;
            }
            else if (starElement >= 0)
            {
                element = starElement + 1;
                starPosition += LengthAt(upper, starPosition);
                position = starPosition;
            }
            else
            {
                return false;
            }
        }

        while (element < _elements.Count && _elements[element].Kind == ElementKind.AnyMany)
        {
            element++;
        }

        return element == _elements.Count;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The form in which names are compared: the one that the store's indexes hold.</summary>
    internal static string Key(string name) => name.ToUpperInvariant();

    /// <summary>The pattern over <see cref="Key"/>s in the syntax of SQL's GLOB.</summary>
    internal string ToGlob()
    {
        StringBuilder glob = new();
        foreach (Element element in _elements)
        {
            switch (element.Kind)
            {
                case ElementKind.AnyMany:
                    glob.Append('*');
                    break;
                case ElementKind.AnyOne:
                    glob.Append('?');
                    break;
                case ElementKind.OneOf:
                    AppendSet(glob, element.Ranges!);
                    break;
                case ElementKind.Character when element.Value is '*' or '?' or '[':
                    glob.Append('[').Append(element.Value).Append(']');
                    break;
                default:
                    glob.Append(element.Value);
                    break;
            }
        }

        return glob.ToString();
    }

    private static int LengthAt(string text, int position) => char.IsSurrogatePair(text, position) ? 2 : 1;

    /// <summary>
    /// A set as GLOB reads it, where a hyphen means itself at the front only and a circumflex anywhere but there. A range from
    /// behind to before holds nothing.
    /// </summary>
    private static void AppendSet(StringBuilder glob, List<(char From, char To)> ranges)
    {
        bool hasCircumflex = ranges.Exists(r => r.From == '^' && r.To >= '^');
        bool isHyphenAlone = !ranges.Exists(r => r.From == '-' && r.To > '-');
        StringBuilder hyphen = new();
        StringBuilder others = new();
        foreach ((char from, char to) in ranges)
        {
            char start = from == '^' ? '_' : from;
            if (start <= to && (start != '-' || to != '-' || isHyphenAlone))
            {
                (start == '-' ? hyphen : others).Append(start == to ? $"{start}" : $"{start}-{to}");
            }
        }

        if (hyphen.Length + others.Length > 0)
        {
            glob.Append('[').Append(hyphen).Append(others).Append(hasCircumflex ? "^" : "").Append(']');
        }
        else
        {
            // Alone, a circumflex means itself only outside of a set.
            glob.Append(hasCircumflex ? "^" : NoCharacter);
        }
    }

    private static List<(char From, char To)> Ranges(string set)
    {
        string upper = Key(set);
        List<(char From, char To)> ranges = [];
        for (int i = 0; i < upper.Length; i++)
        {
            if (i + 2 < upper.Length && upper[i + 1] == '-')
            {
                ranges.Add((upper[i], upper[i + 2]));
                i += 2;
            }
            else
            {
                ranges.Add((upper[i], upper[i]));
            }
        }

        return ranges;
    }

    private readonly record struct Element(ElementKind Kind, char Value, List<(char From, char To)>? Ranges)
    {
        public static Element Of(char c) => new(ElementKind.Character, char.ToUpperInvariant(c), null);

        public bool Matches(char c) => Kind switch
        {
            ElementKind.AnyOne => true,
            ElementKind.Character => Value == c,
            ElementKind.OneOf => Ranges!.Exists(r => c >= r.From && c <= r.To),
            _ => false,
        };
    }
}
