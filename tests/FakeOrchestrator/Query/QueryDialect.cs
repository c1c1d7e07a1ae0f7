using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>What differs between the query languages of the two generations: names, literals and the words of a refusal.</summary>
internal abstract class QueryDialect
{
    internal static QueryDialect V2 { get; } = new VersionTwo();

    internal static QueryDialect V4 { get; } = new VersionFour();

    /// <summary>Whether property names are matched without regard to case (facts B.4).</summary>
    internal abstract bool IgnoreCase { get; }

    /// <summary>Whether literals are typed by a prefix, as in guid'…'; otherwise by their look.</summary>
    internal abstract bool PrefixedLiterals { get; }

    /// <summary>Whether <c>$select</c> must name what <c>$expand</c> brings.</summary>
    internal abstract bool SelectRulesExpand { get; }

    internal abstract IReadOnlySet<string> Options { get; }

    internal abstract string UnknownOption(string name);

    internal abstract string UnknownProperty(string name, EdmType type, int? position);

    internal abstract string SyntaxError(int position);

    internal abstract string Incompatible(string op, string left, string right, int position);

    internal abstract string UnknownFunction(string name, int position);

    internal abstract string BadNumber(string option, string value);

    private sealed class VersionTwo : QueryDialect
    {
        internal override bool IgnoreCase => false;

        internal override bool PrefixedLiterals => true;

        internal override bool SelectRulesExpand => true;

        internal override IReadOnlySet<string> Options { get; } = new HashSet<string>(StringComparer.Ordinal)
        {
            "$filter", "$orderby", "$skip", "$top", "$skiptoken", "$inlinecount", "$expand", "$select",
        };

        internal override string UnknownOption(string name)
        {
            return $"The query parameter '{name}' begins with a system-reserved '$' character but is not recognized.";
        }

        internal override string UnknownProperty(string name, EdmType type, int? position)
        {
            return position is { } at
                ? $"No property '{name}' exists in type '{AtomSchema.Namespace}.{type.Name}' at position {at}."
                : $"Could not find a property named '{name}' on type '{AtomSchema.Namespace}.{type.Name}'.";
        }

        internal override string SyntaxError(int position)
        {
            return $"Syntax error at position {position}.";
        }

        internal override string Incompatible(string op, string left, string right, int position)
        {
            return $"Operator '{op}' incompatible with operand types 'System.{left}' and 'System.{right}' at position {position}.";
        }

        internal override string UnknownFunction(string name, int position)
        {
            return $"Unknown function '{name}' at position {position}.";
        }

        internal override string BadNumber(string option, string value)
        {
            return $"Incorrect format for {option} argument '{value}'.";
        }
    }

    private sealed class VersionFour : QueryDialect
    {
        private const string Invalid = "The query specified in the URI is not valid. ";

        internal override bool IgnoreCase => true;

        internal override bool PrefixedLiterals => false;

        internal override bool SelectRulesExpand => false;

        internal override IReadOnlySet<string> Options { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "$filter", "$orderby", "$skip", "$top", "$skiptoken", "$count", "$expand", "$select", "$format",
        };

        internal override string UnknownOption(string name)
        {
            return $"{Invalid}The query parameter '{name}' is not supported.";
        }

        internal override string UnknownProperty(string name, EdmType type, int? position)
        {
            return $"{Invalid}Could not find a property named '{name}' on type '{type.Name}'.";
        }

        internal override string SyntaxError(int position)
        {
            return $"{Invalid}Syntax error at position {position}.";
        }

        internal override string Incompatible(string op, string left, string right, int position)
        {
            return $"{Invalid}A binary operator with incompatible types was detected. Found operand types 'Edm.{left}' and 'Edm.{right}' for operator kind '{op}'.";
        }

        internal override string UnknownFunction(string name, int position)
        {
            return $"{Invalid}An unknown function with name '{name}' was found.";
        }

        internal override string BadNumber(string option, string value)
        {
            return $"{Invalid}Invalid value '{value}' for {option} query option found.";
        }
    }
}
