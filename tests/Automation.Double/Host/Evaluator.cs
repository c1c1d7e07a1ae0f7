using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation.Language;

namespace System.Management.Automation.Double;

/// <summary>Gives the values behind the expressions of a command line.</summary>
internal sealed class Evaluator
{
    private readonly Func<string, object?> _variable;

    internal Evaluator(Func<string, object?> variable)
    {
        _variable = variable;
    }

    internal List<CommandArgument> Arguments(CommandAst command)
        => [.. command.CommandElements.Skip(1).SelectMany(e => e is VariableExpressionAst { Splatted: true } ? CommandArgument.Splat(Value((ExpressionAst)e)) : [Argument(e)])];

    internal object? Value(ExpressionAst expression)
        => expression switch
        {
            ConstantExpressionAst constant => constant.Value,
            VariableExpressionAst variable => Variable(variable.VariablePath.UserPath),
            ExpandableStringExpressionAst expandable => string.Concat(
                expandable.Parts.Select(p => p.IsVariable ? LanguagePrimitives.ConvertTo(Variable(p.Text), typeof(string), CultureInfo.InvariantCulture) : p.Text)),
            ArrayLiteralAst array => array.Elements.Select(Value).ToArray(),
            _ => throw new NotSupportedException(expression.GetType().Name),
        };

    private static string? NumberText(ExpressionAst expression)
        => expression is ConstantExpressionAst and not StringConstantExpressionAst ? expression.Extent.Text : null;

    private CommandArgument Argument(CommandElementAst element)
        => element switch
        {
            CommandParameterAst { Argument: { } argument } parameter => new CommandArgument(parameter.ParameterName, true, Value(argument), NumberText(argument)),
            CommandParameterAst parameter => new CommandArgument(parameter.ParameterName, false, null),
            _ => new CommandArgument(null, true, Value((ExpressionAst)element), NumberText((ExpressionAst)element)),
        };

    private object? Variable(string name)
        => name.ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            "NULL" => null,
            _ => _variable(name),
        };
}
