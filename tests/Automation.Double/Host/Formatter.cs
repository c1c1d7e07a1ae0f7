using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace System.Management.Automation.Double;

/// <summary>
/// Prints objects as a prompt does: by the views of the format files that were loaded, else by their properties, as a table if they are
/// four at most and as a list if they are more.
/// </summary>
public sealed class Formatter
{
    private const int EnumerationLimit = 4;
    private const int LargestTable = 4;
    private const string Ellipsis = "\u2026";
    private const int SmallestColumn = 2;
    private readonly List<FormatView> _views = [];

    /// <summary>How many characters a line has.</summary>
    public int Width { get; set; } = 120;

    /// <summary>Adds the views of a <c>.Format.ps1xml</c> file. What it cannot show as the shell does, it refuses.</summary>
    public void Load(string path) => _views.AddRange(FormatView.Read(XDocument.Load(path)));

    /// <summary>Prints objects by the first view for the type of the first of them; text stands as it is.</summary>
    public string Format(IEnumerable<object?> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        StringBuilder text = new();
        List<object> group = [];
        foreach (object? value in objects)
        {
            if (value is null)
            {
                continue;
            }

            bool isScalar = IsScalar(value);
            if (group.Count > 0 && (isScalar || !string.Equals(TypeOf(value), TypeOf(group[0]), StringComparison.Ordinal)))
            {
                FormatGroup(text, group);
                group.Clear();
            }

            if (isScalar)
            {
                text.AppendLine(ToText(value));
            }
            else
            {
                group.Add(value);
            }
        }

        FormatGroup(text, group);
        return text.ToString();
    }

    /// <summary>Prints objects as a table: of these properties, or by their table view, or of all their properties.</summary>
    public string FormatTable(IEnumerable<object?> objects, IReadOnlyList<string>? properties = null, bool autoSize = false, bool wrap = false)
    {
        List<object> all = NotNull(objects);
        if (all.Count == 0)
        {
            return string.Empty;
        }

        FormatView? view = properties is null ? ViewOf(all[0], isTable: true) : null;
        StringBuilder text = new();
        AppendTable(text, all, view?.Items ?? ItemsOf(all[0], properties), autoSize || view?.IsAutoSize == true, wrap || view?.Wraps == true, view?.HidesHeaders == true, view is null);
        return text.ToString();
    }

    /// <summary>Prints objects as a list: of these properties, or by their list view, or of all their properties.</summary>
    public string FormatList(IEnumerable<object?> objects, IReadOnlyList<string>? properties = null)
    {
        List<object> all = NotNull(objects);
        if (all.Count == 0)
        {
            return string.Empty;
        }

        StringBuilder text = new();
        AppendList(text, all, target => (properties is null ? ViewOf(target, isTable: false)?.Items : null) ?? ItemsOf(target, properties));
        return text.ToString();
    }

    /// <summary>Prints one value as it stands in a cell or after a label.</summary>
    internal static string ToText(object? value)
    {
        object? bare = PSObject.Base(value);
        return bare switch
        {
            null => string.Empty,
            string text => text,
            IDictionary or not IEnumerable => Simple(bare),
            _ => Many((IEnumerable)bare),
        };
    }

    private static string Simple(object value)
        => value is IFormattable formattable ? formattable.ToString(null, CultureInfo.CurrentCulture) : value.ToString() ?? string.Empty;

    private static string Many(IEnumerable values)
    {
        string[] shown = [.. values.Cast<object?>().Take(EnumerationLimit + 1).Select(v => PSObject.Base(v) is { } bare ? Simple(bare) : string.Empty)];
        return "{" + string.Join(", ", shown.Take(EnumerationLimit)) + (shown.Length > EnumerationLimit ? Ellipsis : string.Empty) + "}";
    }

    private static List<object> NotNull(IEnumerable<object?> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return [.. objects.OfType<object>()];
    }

    private static string TypeOf(object value) => PSObject.AsPSObject(value).TypeNames[0];

    private bool IsScalar(object value)
    {
        object bare = PSObject.Base(value);
        return bare is string || ((bare is Enum || bare.GetType().IsPrimitive || bare is decimal or Guid or DateTime or DateTimeOffset or TimeSpan or Uri or Version) && ViewOf(value, null) is null);
    }

    private static List<FormatItem> ItemsOf(object target, IReadOnlyList<string>? properties)
    {
        PSObject wrapped = PSObject.AsPSObject(target);
        IEnumerable<string> names = properties is null
            ? wrapped.Properties.Select(p => p.Name)
            : properties.SelectMany(p => Matching(wrapped, p)).Distinct(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(n => new FormatItem(n, o => PSObject.AsPSObject(o).Properties[n]?.Value))];
    }

    private static List<string> Matching(PSObject target, string name)
    {
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
        List<string> found = [.. target.Properties.Where(p => pattern.IsMatch(p.Name)).Select(p => p.Name)];
        return found.Count > 0 || WildcardPattern.ContainsWildcardCharacters(name) ? found : [name];
    }

    private FormatView? ViewOf(object value, bool? isTable)
    {
        foreach (string type in PSObject.AsPSObject(value).TypeNames)
        {
            if (_views.Find(v => v.TypeNames.Contains(type, StringComparer.OrdinalIgnoreCase) && (isTable is null || v.IsTable == isTable)) is { } view)
            {
                return view;
            }
        }

        return null;
    }

    private void FormatGroup(StringBuilder text, List<object> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        FormatView? view = ViewOf(group[0], null);
        IReadOnlyList<FormatItem> items = view?.Items ?? ItemsOf(group[0], null);
        if (items.Count == 0)
        {
            group.ForEach(o => text.AppendLine(ToText(o)));
        }
        else if (view?.IsTable ?? items.Count <= LargestTable)
        {
            AppendTable(text, group, items, view?.IsAutoSize ?? false, view?.Wraps == true, view?.HidesHeaders == true, view is null);
        }
        else
        {
            AppendList(text, group, _ => items);
        }
    }

    private void AppendTable(StringBuilder text, List<object> rows, IReadOnlyList<FormatItem> items, bool autoSize, bool wrap, bool hidesHeaders, bool alignsByType)
    {
        object?[][] values = [.. rows.Select(r => items.Select(i => i.ValueOf(r)).ToArray())];
        string[][] cells = [.. values.Select(r => r.Select(ToText).ToArray())];
        bool[] right = [.. items.Select((item, i) => item.IsRight ?? (alignsByType && PSObject.Base(values[0][i]) is { } first && LanguagePrimitives.IsNumber(first.GetType())))];
        int[] widths = autoSize ? WidthsByContent(items, cells) : WidthsByView(items);
        text.AppendLine();
        if (!hidesHeaders)
        {
            AppendRow(text, [.. items.Select(i => i.Label)], widths, right, wrap: false);
            AppendRow(text, [.. items.Select((item, i) => new string('-', Math.Min(item.Label.Length, widths[i])))], widths, right, wrap: false);
        }

        foreach (string[] row in cells)
        {
            AppendRow(text, row, widths, right, wrap);
        }

        text.AppendLine();
    }

    private int[] WidthsByContent(IReadOnlyList<FormatItem> items, string[][] cells)
        => Trim([.. items.Select((item, i) => Math.Max(item.Label.Length, cells.Max(r => Lines(r[i]).Max(l => l.Length))))]);

    /// <summary>Fixed columns get what the view says, the others share what is left.</summary>
    private int[] WidthsByView(IReadOnlyList<FormatItem> items)
    {
        int open = items.Count(i => i.Width == 0);
        int left = Width - items.Sum(i => i.Width) - (items.Count - 1);
        int[] widths = [.. items.Select(i => i.Width)];
        for (int i = 0; i < widths.Length; i++)
        {
            if (widths[i] == 0)
            {
                widths[i] = Math.Max(SmallestColumn, left / open);
                left -= widths[i];
                open--;
            }
        }

        return Trim(widths);
    }

    /// <summary>Takes from the last columns what does not fit; one that would become too small goes.</summary>
    private int[] Trim(int[] widths)
    {
        for (int last = widths.Length - 1; last > 0; last--)
        {
            int excess = widths.Where(w => w > 0).Sum(w => w + 1) - 1 - Width;
            if (excess <= 0)
            {
                return widths;
            }

            int rest = widths[last] - excess;
            widths[last] = rest < SmallestColumn ? 0 : rest;
        }

        widths[0] = Math.Min(widths[0], Width);
        return widths;
    }

    private static void AppendRow(StringBuilder text, string[] cells, int[] widths, bool[] right, bool wrap)
    {
        string[][] lines = [.. cells.Select((c, i) => widths[i] == 0 ? [] : wrap ? Wrap(c, widths[i]) : [Cut(c, widths[i])])];
        for (int line = 0; line < lines.Max(l => l.Length); line++)
        {
            StringBuilder row = new();
            for (int i = 0; i < lines.Length; i++)
            {
                if (widths[i] > 0)
                {
                    string cell = lines[i].ElementAtOrDefault(line) ?? string.Empty;
                    row.Append(right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])).Append(' ');
                }
            }

            text.AppendLine(row.ToString().TrimEnd());
        }
    }

    private void AppendList(StringBuilder text, List<object> objects, Func<object, IReadOnlyList<FormatItem>> itemsOf)
    {
        text.AppendLine();
        foreach (object target in objects)
        {
            IReadOnlyList<FormatItem> items = itemsOf(target);
            int label = items.Max(i => i.Label.Length);
            foreach (FormatItem item in items)
            {
                string[] lines = Wrap(ToText(item.ValueOf(target)), Width - label - 3);
                text.AppendLine((item.Label.PadRight(label) + " : " + lines[0]).TrimEnd());
                foreach (string line in lines.Skip(1))
                {
                    text.AppendLine(new string(' ', label + 3) + line);
                }
            }

            text.AppendLine();
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>One line of at most this width; what is cut off leaves an ellipsis.</summary>
    private static string Cut(string text, int width)
    {
        string[] lines = Lines(text);
        string line = lines.Length > 1 ? lines[0] + Ellipsis : lines[0];
        return line.Length <= width ? line : line[..(width - 1)] + Ellipsis;
    }

    /// <summary>Breaks text at spaces, and words only where they are longer than a line.</summary>
    private static string[] Wrap(string text, int width)
    {
        List<string> wrapped = [];
        foreach (string line in Lines(text))
        {
            string rest = line;
            while (rest.Length > width)
            {
                int space = rest.LastIndexOf(' ', width);
                int end = space > 0 ? space : width;
                wrapped.Add(rest[..end].TrimEnd());
                rest = rest[end..].TrimStart();
            }

            wrapped.Add(rest);
        }

        return [.. wrapped];
    }
}
