using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace System.Management.Automation;

public sealed class WildcardPattern
{
    private const string Special = "*?[]`";
    private readonly string _pattern;
    private readonly WildcardOptions _options;
    private List<Element>? _elements;

    public WildcardPattern(string pattern)
        : this(pattern, WildcardOptions.None)
    {
    }

    public WildcardPattern(string pattern, WildcardOptions options)
    {
        _pattern = pattern ?? throw new PSArgumentNullException(nameof(pattern));
        _options = options;
    }

    private enum ElementKind
    {
        Literal,
        AnyOne,
        AnyMany,
        OneOf,
    }

    public static WildcardPattern Get(string pattern, WildcardOptions options) => new(pattern, options);

    public static bool ContainsWildcardCharacters(string? pattern)
    {
        for (int i = 0; i < (pattern?.Length ?? 0); i++)
        {
            switch (pattern![i])
            {
                case '*' or '?' or '[' or ']':
                    return true;
                case '`':
                    i++;
                    break;
            }
        }

        return false;
    }

    public static string Escape(string pattern)
    {
        if (pattern is null)
        {
            throw new PSArgumentNullException(nameof(pattern));
        }

        StringBuilder escaped = new(pattern.Length + 8);
        foreach (char c in pattern)
        {
            if (Special.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('`');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Takes the backtick from before a wildcard character or a backtick, and leaves any other where it is.</summary>
    public static string Unescape(string pattern)
    {
        if (pattern is null)
        {
            throw new PSArgumentNullException(nameof(pattern));
        }

        StringBuilder plain = new(pattern.Length);
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '`' && i + 1 < pattern.Length && Special.Contains(pattern[i + 1], StringComparison.Ordinal))
            {
                i++;
            }

            plain.Append(pattern[i]);
        }

        return plain.ToString();
    }

    public bool IsMatch(string? input)
    {
        if (input is null)
        {
            return false;
        }

        _elements ??= Parse(_pattern);
        return IsMatch(_elements, input);
    }

    private static List<Element> Parse(string pattern)
    {
        List<Element> elements = [];
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '*':
                    elements.Add(new Element(ElementKind.AnyMany, '\0', null));
                    break;
                case '?':
                    elements.Add(new Element(ElementKind.AnyOne, '\0', null));
                    break;
                case '[':
                    elements.Add(ParseSet(pattern, ref i));
                    break;
                case '`' when i + 1 < pattern.Length:
                    elements.Add(new Element(ElementKind.Literal, pattern[++i], null));
                    break;
                default:
                    elements.Add(new Element(ElementKind.Literal, c, null));
                    break;
            }
        }

        return elements;
    }

    private static Element ParseSet(string pattern, ref int i)
    {
        List<char> members = [];
        List<bool> escaped = [];
        int at = i + 1;
        for (; at < pattern.Length && !(pattern[at] == ']' && members.Count > 0); at++)
        {
            bool isEscape = pattern[at] == '`' && at + 1 < pattern.Length;
            members.Add(isEscape ? pattern[++at] : pattern[at]);
            escaped.Add(isEscape);
        }

        if (at >= pattern.Length)
        {
            throw new WildcardPatternException("The specified wildcard character pattern is not valid: " + pattern);
        }

        i = at;
        List<(char From, char To)> ranges = [];
        for (int m = 0; m < members.Count; m++)
        {
            if (m + 2 < members.Count && members[m + 1] == '-' && !escaped[m + 1])
            {
                ranges.Add((members[m], members[m + 2]));
                m += 2;
            }
            else
            {
                ranges.Add((members[m], members[m]));
            }
        }

        return new Element(ElementKind.OneOf, '\0', ranges);
    }

    private bool IsMatch(List<Element> elements, string input)
    {
        int e = 0;
        int i = 0;
        int lastStar = -1;
        int resume = 0;
        while (i < input.Length)
        {
            if (e < elements.Count && elements[e].Kind == ElementKind.AnyMany)
            {
                lastStar = e++;
                resume = i;
            }
            else if (e < elements.Count && IsMatch(elements[e], input[i]))
            {
                e++;
                i++;
            }
            else if (lastStar >= 0)
            {
                e = lastStar + 1;
                i = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (e < elements.Count && elements[e].Kind == ElementKind.AnyMany)
        {
            e++;
        }

        return e == elements.Count;
    }

    private bool IsMatch(Element element, char c)
    {
        switch (element.Kind)
        {
            case ElementKind.AnyOne:
                return true;
            case ElementKind.Literal:
                return Fold(element.Character) == Fold(c);
            case ElementKind.OneOf:
                foreach ((char from, char to) in element.Ranges!)
                {
                    char folded = Fold(c);
                    if ((c >= from && c <= to) || (folded >= Fold(from) && folded <= Fold(to)))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private char Fold(char c)
    {
        if ((_options & WildcardOptions.IgnoreCase) == 0)
        {
            return c;
        }

        CultureInfo culture = (_options & WildcardOptions.CultureInvariant) == 0 ? CultureInfo.CurrentCulture : CultureInfo.InvariantCulture;
        return char.ToLower(c, culture);
    }

    private readonly record struct Element(ElementKind Kind, char Character, List<(char From, char To)>? Ranges);
}

public class WildcardPatternException : RuntimeException
{
    public WildcardPatternException()
    {
    }

    public WildcardPatternException(string message)
        : base(message, null, "WildcardPattern_Invalid", ErrorCategory.InvalidArgument, null)
    {
    }

    public WildcardPatternException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
