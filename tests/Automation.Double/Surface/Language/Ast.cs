using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace System.Management.Automation.Language;

/// <summary>A part of a parsed command line.</summary>
public abstract class Ast
{
    internal Ast(IScriptExtent extent)
    {
        Extent = extent;
    }

    public IScriptExtent Extent { get; }

    public Ast? Parent { get; internal set; }

    public override string ToString() => Extent.Text;
}

public abstract class StatementAst : Ast
{
    internal StatementAst(IScriptExtent extent)
        : base(extent)
    {
    }
}

public abstract class CommandBaseAst : StatementAst
{
    internal CommandBaseAst(IScriptExtent extent)
        : base(extent)
    {
    }
}

/// <summary>One stage of a pipeline: the command's name, then its parameters and arguments as written.</summary>
public class CommandAst : CommandBaseAst
{
    internal CommandAst(IScriptExtent extent, IList<CommandElementAst> commandElements)
        : base(extent)
    {
        CommandElements = new ReadOnlyCollection<CommandElementAst>(commandElements);
        foreach (CommandElementAst element in commandElements)
        {
            element.Parent = this;
        }
    }

    public ReadOnlyCollection<CommandElementAst> CommandElements { get; }

    public string? GetCommandName() => (CommandElements[0] as StringConstantExpressionAst)?.Value;
}

public abstract class CommandElementAst : Ast
{
    internal CommandElementAst(IScriptExtent extent)
        : base(extent)
    {
    }
}

/// <summary><c>-Name</c> or <c>-Name:argument</c>.</summary>
public class CommandParameterAst : CommandElementAst
{
    internal CommandParameterAst(IScriptExtent extent, string parameterName, ExpressionAst? argument)
        : base(extent)
    {
        ParameterName = parameterName;
        Argument = argument;
        if (argument is not null)
        {
            argument.Parent = this;
        }
    }

    public ExpressionAst? Argument { get; }

    public string ParameterName { get; }
}

public abstract class ExpressionAst : CommandElementAst
{
    internal ExpressionAst(IScriptExtent extent)
        : base(extent)
    {
    }
}

public class ConstantExpressionAst : ExpressionAst
{
    internal ConstantExpressionAst(IScriptExtent extent, object? value)
        : base(extent)
    {
        Value = value;
    }

    public object? Value { get; }
}

public class StringConstantExpressionAst : ConstantExpressionAst
{
    internal StringConstantExpressionAst(IScriptExtent extent, string value, StringConstantType stringConstantType)
        : base(extent, value)
    {
        StringConstantType = stringConstantType;
    }

    public StringConstantType StringConstantType { get; }

    public new string Value => (string)base.Value!;
}

public class ExpandableStringExpressionAst : ExpressionAst
{
    internal ExpandableStringExpressionAst(IScriptExtent extent, string value, IReadOnlyList<(bool IsVariable, string Text)> parts, StringConstantType type)
        : base(extent)
    {
        Value = value;
        Parts = parts;
        StringConstantType = type;
    }

    /// <summary>The text and the variable names in it, in their order.</summary>
    internal IReadOnlyList<(bool IsVariable, string Text)> Parts { get; }

    public StringConstantType StringConstantType { get; }

    public string Value { get; }
}

public class ArrayLiteralAst : ExpressionAst
{
    internal ArrayLiteralAst(IScriptExtent extent, IList<ExpressionAst> elements)
        : base(extent)
    {
        Elements = new ReadOnlyCollection<ExpressionAst>(elements);
        foreach (ExpressionAst element in elements)
        {
            element.Parent = this;
        }
    }

    public ReadOnlyCollection<ExpressionAst> Elements { get; }
}

public class VariableExpressionAst : ExpressionAst
{
    internal VariableExpressionAst(IScriptExtent extent, string name, bool isSplatted)
        : base(extent)
    {
        VariablePath = new VariablePath(name);
        Splatted = isSplatted;
    }

    /// <summary>Whether its elements are meant, as in <c>@table</c>.</summary>
    public bool Splatted { get; }

    public VariablePath VariablePath { get; }
}
