using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Help;

/// <summary>
/// Reads the cmdlets of an assembly. Attributes are read as data: the assembly that the cmdlets are compiled against has no
/// code in its attributes.
/// </summary>
internal sealed partial class CmdletReader(DocComments comments, Gaps gaps)
{
    private const string Overview = "about_OrchestratorConnector";

    private static readonly ParameterHelp WhatIf = CommonSwitch("WhatIf", "wi", "Shows what would happen. Nothing is changed.");
    private static readonly ParameterHelp Confirm = CommonSwitch("Confirm", "cf", "Asks before anything is changed.");

    /// <summary>Every cmdlet of an assembly, by name.</summary>
    internal IReadOnlyList<CmdletHelp> Read(string assembly)
    {
        Type[] types = [.. Assembly.LoadFrom(assembly).GetExportedTypes().Where(t => !t.IsAbstract && Find(t, nameof(CmdletAttribute)) is not null)];
        ILookup<string, string> names = types.Select(NameOf).ToLookup(n => n.Noun, n => $"{n.Verb}-{n.Noun}");
        return [.. types.Select(t => Read(t, names)).OrderBy(c => c.Noun, StringComparer.Ordinal).ThenBy(c => c.Verb, StringComparer.Ordinal)];
    }

    private CmdletHelp Read(Type type, ILookup<string, string> names)
    {
        (string verb, string noun) = NameOf(type);
        string name = $"{verb}-{noun}";
        string member = $"T:{type.FullName}";
        IReadOnlyList<string> summary = comments.Paragraphs(member, "summary");
        if (summary.Count == 0)
        {
            gaps.NoSynopsis(name, type.FullName!);
        }

        IReadOnlyList<ExampleHelp> examples = comments.Examples(member);
        if (examples.Count < 2)
        {
            gaps.FewExamples(name, type.FullName!, examples.Count);
        }

        CustomAttributeData attribute = Find(type, nameof(CmdletAttribute))!;
        // Only a new cmdlet tells the values that its parameters have when they are not given.
        object? instance = Activator.CreateInstance(type);
        List<ParameterHelp> parameters = [.. ParametersOf(type).Select(p => Read(name, p, instance))];
        (instance as IDisposable)?.Dispose();
        if (Named(attribute, nameof(CmdletAttribute.SupportsShouldProcess)) is true)
        {
            parameters.AddRange([WhatIf, Confirm]);
        }

        return new CmdletHelp
        {
            Verb = verb,
            Noun = noun,
            Synopsis = summary.Count == 0 ? "" : FirstSentence().Match(summary[0]).Value,
            Description = [.. summary, .. comments.Paragraphs(member, "remarks")],
            ParameterSets = SetsOf(parameters, Named(attribute, nameof(CmdletAttribute.DefaultParameterSetName)) as string),
            Parameters = [.. parameters.OrderBy(p => p.Name, StringComparer.Ordinal)],
            Outputs = [.. type.GetCustomAttributesData().Where(a => a.AttributeType.Name == nameof(OutputTypeAttribute)).SelectMany(TypesIn).Select(Describe)],
            Examples = examples,
            Links = [.. names[noun].Where(n => n != name).Order(StringComparer.Ordinal).Concat(comments.SeeAlso(member)).Append(Overview).Distinct()],
        };
    }

    private ParameterHelp Read(string cmdlet, PropertyInfo property, object? instance)
    {
        List<string> text = [.. Text(property)];
        if (text.Count == 0)
        {
            gaps.NoText(cmdlet, property.Name, $"{property.DeclaringType!.FullName}.{property.Name}");
        }

        string[] values = ValuesOf(property);
        if (values.Length > 0)
        {
            text.Add($"Values: {string.Join(", ", values)}.");
        }
        else if (RangeOf(property) is { } range)
        {
            text.Add(range);
        }

        bool isSwitch = property.PropertyType.Name == nameof(SwitchParameter);
        return new ParameterHelp
        {
            Name = property.Name,
            Type = new TypeHelp(Unwrap(property.PropertyType).Name, Unwrap(property.PropertyType).FullName!, []),
            IsList = property.PropertyType.IsArray,
            IsSwitch = isSwitch,
            Text = text,
            Aliases = [.. Arguments(property, nameof(AliasAttribute))],
            TakesWildcards = Find(property, nameof(SupportsWildcardsAttribute)) is not null,
            Values = values,
            Default = isSwitch ? "False" : DefaultOf(property, instance),
            Uses = [.. property.GetCustomAttributesData().Where(a => a.AttributeType.Name == nameof(ParameterAttribute)).Select(ReadUse)],
        };
    }

    /// <summary>A parameter's text, or that of the property that it overrides.</summary>
    private IReadOnlyList<string> Text(PropertyInfo property)
    {
        for (Type? type = property.DeclaringType; type is not null; type = type.BaseType)
        {
            string member = $"P:{type.FullName}.{property.Name}";
            if (!comments.IsInherited(member) && comments.Paragraphs(member, "summary") is { Count: > 0 } summary)
            {
                return [.. summary, .. comments.Paragraphs(member, "remarks")];
            }
        }

        return [];
    }

    private TypeHelp Describe(Type type) => new(type.Name, type.FullName!, comments.Paragraphs($"T:{type.FullName}", "summary"));

    private static ParameterUse ReadUse(CustomAttributeData attribute)
    {
        int? position = Named(attribute, nameof(ParameterAttribute.Position)) as int?;
        return new ParameterUse(
            Named(attribute, nameof(ParameterAttribute.ParameterSetName)) as string,
            Named(attribute, nameof(ParameterAttribute.Mandatory)) is true,
            position >= 0 ? position : null,
            Named(attribute, nameof(ParameterAttribute.ValueFromPipeline)) is true,
            Named(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)) is true);
    }

    private static List<string> SetsOf(List<ParameterHelp> parameters, string? first)
    {
        List<string> sets = [.. parameters.SelectMany(p => p.Uses).Select(u => u.ParameterSet).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (first is not null && sets.Remove(first))
        {
            sets.Insert(0, first);
        }

        return sets.Count == 0 ? [""] : sets;
    }

    private static IEnumerable<PropertyInfo> ParametersOf(Type type) =>
        type.GetProperties().Where(p => Find(p, nameof(ParameterAttribute)) is not null).GroupBy(p => p.Name).Select(Nearest);

    /// <summary>Of several properties of one name, the one of the class that is nearest to the cmdlet.</summary>
    private static PropertyInfo Nearest(IEnumerable<PropertyInfo> properties) =>
        properties.Aggregate((near, other) => other.DeclaringType!.IsSubclassOf(near.DeclaringType!) ? other : near);

    private static string[] ValuesOf(PropertyInfo property)
    {
        Type type = Unwrap(property.PropertyType) is { IsArray: true } array ? array.GetElementType()! : Unwrap(property.PropertyType);
        return type.IsEnum ? [.. type.GetEnumNames()] : [.. Arguments(property, nameof(ValidateSetAttribute))];
    }

    private static string? RangeOf(PropertyInfo property)
    {
        if (Find(property, nameof(ValidateRangeAttribute)) is not { ConstructorArguments: [{ Value: IFormattable least }, { Value: IFormattable most }] })
        {
            return null;
        }

        string from = least.ToString("N0", CultureInfo.InvariantCulture);
        return most is int.MaxValue ? $"At least {from}." : $"From {from} to {most.ToString("N0", CultureInfo.InvariantCulture)}.";
    }

    /// <summary>The value of a property of a new cmdlet, where it is one that says something.</summary>
    private static string? DefaultOf(PropertyInfo property, object? instance) => property.GetValue(instance) switch
    {
        null or 0 or TimeSpan { Ticks: 0 } or DateTime { Ticks: 0 } or Array { Length: 0 } => null,
        string text => text.Trim().Length == 0 ? null : text,
        IEnumerable<string> list => string.Join(", ", list),
        Enum value => Convert.ToInt32(value, CultureInfo.InvariantCulture) == 0 ? null : value.ToString(),
        IEnumerable => null,
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        { } value => value.ToString(),
    };

    private static (string Verb, string Noun) NameOf(Type type)
    {
        IList<CustomAttributeTypedArgument> arguments = Find(type, nameof(CmdletAttribute))!.ConstructorArguments;
        return ((string)arguments[0].Value!, (string)arguments[1].Value!);
    }

    private static CustomAttributeData? Find(MemberInfo member, string attribute) => member.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == attribute);

    private static object? Named(CustomAttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value;

    private static IEnumerable<string> Arguments(MemberInfo member, string attribute) =>
        Find(member, attribute)?.ConstructorArguments.SelectMany(Flatten).OfType<string>() ?? [];

    private static IEnumerable<Type> TypesIn(CustomAttributeData attribute) => attribute.ConstructorArguments.SelectMany(Flatten).OfType<Type>();

    private static IEnumerable<object?> Flatten(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.Select(a => a.Value) : [argument.Value];

    private static Type Unwrap(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static ParameterHelp CommonSwitch(string name, string alias, string text) => new()
    {
        Name = name,
        Type = new TypeHelp(nameof(SwitchParameter), typeof(SwitchParameter).FullName!, []),
        IsList = false,
        IsSwitch = true,
        Text = [text],
        Aliases = [alias],
        TakesWildcards = false,
        Values = [],
        Default = "False",
        Uses = [new ParameterUse(null, IsRequired: false, Position: null, FromPipeline: false, FromPipelineProperty: false)],
    };

    [GeneratedRegex(@"^.*?[.](?=\s|$)|^.*$")]
    private static partial Regex FirstSentence();
}
