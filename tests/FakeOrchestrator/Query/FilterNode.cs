using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>
/// A part of a filter. Null is SQL's unknown: what is compared with it is unknown, and a row is listed only if the whole is true.
/// </summary>
internal abstract record FilterNode(EdmKind? Kind)
{
    internal abstract object? Evaluate(object row);

    /// <summary>The values of which the property must have one for the filter to be true, if it says so.</summary>
    internal virtual IReadOnlyList<object>? Among(string property)
    {
        return null;
    }

    /// <summary>The guid that the property must have for the filter to be true, if it says so.</summary>
    internal Guid? Required(string property)
    {
        return Among(property) is [Guid id] ? id : null;
    }
}

/// <summary>A literal; without a kind it is null.</summary>
internal sealed record LiteralNode(object? Value, EdmKind? Kind) : FilterNode(Kind)
{
    internal override object? Evaluate(object row)
    {
        return Value;
    }
}

/// <summary>A property of the row.</summary>
internal sealed record PropertyNode(EdmProperty Property) : FilterNode(Property.Kind)
{
    internal override object? Evaluate(object row)
    {
        return Property.Get(row);
    }
}

/// <summary>Negation.</summary>
internal sealed record NotNode(FilterNode Inner) : FilterNode(EdmKind.Boolean)
{
    internal override object? Evaluate(object row)
    {
        return Inner.Evaluate(row) is bool value ? !value : null;
    }
}

/// <summary>Conjunction or disjunction, with unknown in between true and false.</summary>
internal sealed record LogicNode(bool All, FilterNode Left, FilterNode Right) : FilterNode(EdmKind.Boolean)
{
    internal override object? Evaluate(object row)
    {
        bool? left = (bool?)Left.Evaluate(row);
        if (left == !All)
        {
            return left;
        }

        bool? right = (bool?)Right.Evaluate(row);
        return All ? left & right : left | right;
    }

    internal override IReadOnlyList<object>? Among(string property)
    {
        IReadOnlyList<object>? left = Left.Among(property);
        IReadOnlyList<object>? right = Right.Among(property);
        return All ? left ?? right : left is null || right is null ? null : [.. left, .. right];
    }
}

/// <summary>A comparison. Strings are compared without regard to case, like SQL Server's usual collation (facts A.6, inferred).</summary>
internal sealed record CompareNode(string Operator, FilterNode Left, FilterNode Right) : FilterNode(EdmKind.Boolean)
{
    internal override object? Evaluate(object row)
    {
        object? left = Left.Evaluate(row);
        object? right = Right.Evaluate(row);
        if (Left.Kind is null || Right.Kind is null)
        {
            return Operator switch
            {
                "eq" => left is null && right is null,
                "ne" => left is not null || right is not null,
                _ => null,
            };
        }

        return left is null || right is null ? null : Decide(Order(left, right));
    }

    internal override IReadOnlyList<object>? Among(string property)
    {
        return Operator != "eq" ? null : (Left, Right) switch
        {
            (PropertyNode node, LiteralNode { Value: { } value }) when node.Property.Name == property => [value],
            (LiteralNode { Value: { } value }, PropertyNode node) when node.Property.Name == property => [value],
            _ => null,
        };
    }

    internal static int Order(object left, object right)
    {
        return (left, right) switch
        {
            (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
            (Guid a, Guid b) => KeyOrder.Comparer.Compare(a, b),
            (IComparable a, _) => a.CompareTo(right),
            _ => 0,
        };
    }

    private bool Decide(int order)
    {
        return Operator switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            _ => order <= 0,
        };
    }
}

/// <summary>A function of strings.</summary>
internal sealed record FunctionNode(EdmKind Result, Func<string, string, object> Function, FilterNode First, FilterNode? Second) : FilterNode(Result)
{
    internal override object? Evaluate(object row)
    {
        return First.Evaluate(row) is not string first
            ? null
            : Second is null
                ? Function(first, "")
                : Second.Evaluate(row) is string second ? Function(first, second) : null;
    }
}
