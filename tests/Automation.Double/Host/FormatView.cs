using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace System.Management.Automation.Double;

/// <summary>One column of a table or one line of a list: where its value comes from and how it is shown.</summary>
internal sealed class FormatItem
{
    private readonly Func<object, object?> _value;

    internal FormatItem(string label, Func<object, object?> value, int width = 0, bool? isRight = null)
    {
        Label = label;
        Width = width;
        IsRight = isRight;
        _value = value;
    }

    internal string Label { get; }

    /// <summary>The width that the view fixes, or zero.</summary>
    internal int Width { get; }

    /// <summary>The alignment that the view fixes, or null.</summary>
    internal bool? IsRight { get; }

    internal object? ValueOf(object target)
    {
        try
        {
            return _value(target);
        }
        catch (Exception e) when (e is GetValueException or TargetInvocationException)
        {
            // A prompt shows nothing where a value cannot be had.
            return null;
        }
    }
}

/// <summary>A view of a format file, in the subset that a module of compiled logic needs.</summary>
internal sealed class FormatView
{
    private static readonly string[] Selectors = ["Name", "ViewSelectedBy", "TableControl", "ListControl"];

    private FormatView(string name, IReadOnlyList<string> typeNames, XElement control)
    {
        Name = name;
        TypeNames = typeNames;
        IsTable = control.Name.LocalName == "TableControl";
        IsAutoSize = control.Element("AutoSize") is not null;
        HidesHeaders = control.Element("HideTableHeaders") is not null;
        if (!IsTable)
        {
            XElement entry = Single(control, "ListEntries", "ListEntry");
            Items = [.. entry.Elements("ListItems").Elements("ListItem").Select(i => ReadItem(i, i.Element("Label")?.Value, 0, null))];
            return;
        }

        XElement row = Single(control, "TableRowEntries", "TableRowEntry");
        Wraps = row.Element("Wrap") is not null;
        XElement[] headers = [.. control.Elements("TableHeaders").Elements("TableColumnHeader")];
        XElement[] cells = [.. row.Elements("TableColumnItems").Elements("TableColumnItem")];
        if (headers.Length > 0 && headers.Length != cells.Length)
        {
            throw new FormatException("View '" + name + "' has " + headers.Length + " headers for " + cells.Length + " columns.");
        }

        Items = [.. cells.Select((cell, i) => ReadColumn(cell, headers.ElementAtOrDefault(i)))];
    }

    internal string Name { get; }

    internal IReadOnlyList<string> TypeNames { get; }

    internal bool IsTable { get; }

    internal bool IsAutoSize { get; }

    internal bool HidesHeaders { get; }

    internal bool Wraps { get; }

    internal IReadOnlyList<FormatItem> Items { get; }

    internal static IEnumerable<FormatView> Read(XDocument document)
    {
        XElement root = document.Root!;
        if (root.Name != "Configuration" || root.Elements().Any(e => e.Name != "ViewDefinitions"))
        {
            throw new FormatException("A format file is a Configuration of ViewDefinitions.");
        }

        foreach (XElement view in root.Elements("ViewDefinitions").Elements("View"))
        {
            string name = view.Element("Name")?.Value.Trim() ?? throw new FormatException("A view has no name.");
            if (view.Elements().FirstOrDefault(e => !Selectors.Contains(e.Name.LocalName)) is { } unknown)
            {
                throw new NotSupportedException("View '" + name + "' has an element that is not read here: " + unknown.Name);
            }

            string[] types = [.. view.Elements("ViewSelectedBy").Elements("TypeName").Select(t => t.Value.Trim())];
            XElement control = view.Element("TableControl") ?? view.Element("ListControl") ?? throw new FormatException("View '" + name + "' shows nothing.");
            yield return new FormatView(name, types, control);
        }
    }

    private static XElement Single(XElement control, string list, string entry)
    {
        XElement[] found = [.. control.Elements(list).Elements(entry)];
        return found.Length == 1 && found[0].Element("EntrySelectedBy") is null
            ? found[0]
            : throw new NotSupportedException("Exactly one " + entry + " without conditions is read here.");
    }

    private static FormatItem ReadColumn(XElement cell, XElement? header)
    {
        string? alignment = cell.Element("Alignment")?.Value ?? header?.Element("Alignment")?.Value;
        int width = header?.Element("Width") is { } text ? int.Parse(text.Value, CultureInfo.InvariantCulture) : 0;
        bool? isRight = alignment is null ? null : string.Equals(alignment.Trim(), "Right", StringComparison.OrdinalIgnoreCase);
        return ReadItem(cell, header?.Element("Label")?.Value, width, isRight);
    }

    private static FormatItem ReadItem(XElement item, string? label, int width, bool? isRight)
    {
        string? format = item.Element("FormatString")?.Value;
        string? property = item.Element("PropertyName")?.Value.Trim();
        string? script = item.Element("ScriptBlock")?.Value.Trim();
        Func<object, object?> value = property is not null ? target => PSObject.AsPSObject(target).Properties[property]?.Value
            : script is not null ? CallOf(script)
            : throw new FormatException("An item has neither a PropertyName nor a ScriptBlock.");
        return new FormatItem(
            label?.Trim() ?? property ?? script!,
            format is null ? value : target => string.Format(CultureInfo.CurrentCulture, format, value(target)),
            width,
            isRight);
    }

    /// <summary>Reads <c>[Type]::Method($_)</c>, the one shape of script that is run here.</summary>
    private static Func<object, object?> CallOf(string script)
    {
        int close = script.IndexOf("]::", StringComparison.Ordinal);
        if (!script.StartsWith('[') || close < 0 || !script.EndsWith("($_)", StringComparison.Ordinal))
        {
            throw new NotSupportedException("A script in a view must have the shape [Type]::Method($_), this one has not: " + script);
        }

        string typeName = script[1..close];
        string methodName = script[(close + 3)..^4];
        Type type = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(typeName, throwOnError: false, ignoreCase: true)).FirstOrDefault(t => t is not null)
            ?? throw new TypeLoadException("A view calls a type that is not loaded: " + typeName);
        MethodInfo[] methods = [.. type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => string.Equals(m.Name, methodName, StringComparison.OrdinalIgnoreCase) && m.GetParameters().Length == 1)];
        if (!type.IsVisible || methods.Length == 0)
        {
            throw new MissingMethodException("A view calls what is not a public static method of one parameter: " + script);
        }

        return target =>
        {
            foreach (MethodInfo method in methods)
            {
                Type wanted = method.GetParameters()[0].ParameterType;
                object argument = wanted == typeof(PSObject) ? PSObject.AsPSObject(target) : PSObject.Base(target);
                if (wanted.IsInstanceOfType(argument))
                {
                    return method.Invoke(null, [argument]);
                }
            }

            return null;
        };
    }
}
