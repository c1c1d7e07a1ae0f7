using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace System.Management.Automation.Double;

/// <summary>
/// Completes command names, parameter names and parameter values: by the parameter's own completer, else from the values that its
/// type or its ValidateSet allow. A completer's exception is let through, where a prompt would be silent.
/// </summary>
internal sealed class Completer
{
    private readonly Shell _shell;

    internal Completer(Shell shell)
    {
        _shell = shell;
    }

    internal IReadOnlyList<CompletionResult> Complete(string line)
    {
        CommandAst command = CommandLineParser.Parse(line, isIncomplete: true).Commands[^1];
        bool isNewWord = line.Length == 0 || (char.IsWhiteSpace(line[^1]) && command.CommandElements[^1].Extent.EndOffset < line.Length);
        if (command.CommandElements.Count == 1 && !isNewWord)
        {
            return CommandNames(command.CommandElements[0].Extent.Text);
        }

        CmdletInfo? info = _shell.FindCmdlet(command.GetCommandName() ?? string.Empty);
        if (info is null)
        {
            return [];
        }

        List<CommandParameter> parameters = Parameters(info);
        List<CommandElementAst> elements = [.. command.CommandElements.Skip(1)];
        CommandElementAst? last = isNewWord ? null : elements[^1];
        if (last is CommandParameterAst { Argument: null } unfinished && !unfinished.Extent.Text.EndsWith(':'))
        {
            return ParameterNames(parameters, unfinished.ParameterName);
        }

        // What stands before the word says which parameter it is for.
        List<CommandElementAst> before = last is null or CommandParameterAst ? elements : elements.GetRange(0, elements.Count - 1);
        (Hashtable bound, CommandParameter? pending, int positions) = Bind(parameters, before, last as CommandParameterAst);
        CommandParameter? parameter = pending
            ?? parameters.Where(p => !bound.ContainsKey(p.Name))
                .SelectMany(p => p.Sets.Where(s => s.Position >= 0).Select(s => (Parameter: p, s.Position)))
                .OrderBy(p => p.Position)
                .DistinctBy(p => p.Position)
                .Skip(positions)
                .FirstOrDefault().Parameter;
        string word = WordOf(last);
        return parameter is null ? [] : Values(info.Name, parameter, word, command, bound);
    }

    private static string WordOf(CommandElementAst? last)
        => last switch
        {
            null => string.Empty,
            CommandParameterAst parameter => WordOf(parameter.Argument),
            ArrayLiteralAst array => array.Elements[^1].Extent.Text,
            _ => last.Extent.Text,
        };

    private static List<CommandParameter> Parameters(CmdletInfo info)
    {
        object cmdlet = Activator.CreateInstance(info.ImplementingType)!;
        CmdletAttribute attribute = (CmdletAttribute)Attribute.GetCustomAttribute(info.ImplementingType, typeof(CmdletAttribute))!;
        CommonParameters common = attribute.SupportsShouldProcess ? new ShouldProcessParameters() : new CommonParameters();
        return [.. CommandParameter.Of(cmdlet), .. CommandParameter.Of(common)];
    }

    private static CommandParameter? Find(List<CommandParameter> parameters, string name)
    {
        bool IsNamed(CommandParameter parameter, Func<string, bool> match) => match(parameter.Name) || parameter.Aliases.Any(match);
        return parameters.Find(p => IsNamed(p, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)))
            ?? parameters.Find(p => IsNamed(p, n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The parameters that the words so far give a value to, and the one that still waits for it.</summary>
    private (Hashtable Bound, CommandParameter? Pending, int Positions) Bind(List<CommandParameter> parameters, List<CommandElementAst> elements, CommandParameterAst? open)
    {
        Evaluator evaluator = new(name => _shell.TryGetVariable(name, out object? value) ? value : null);
        Hashtable bound = new(StringComparer.OrdinalIgnoreCase);
        CommandParameter? pending = null;
        int positions = 0;
        foreach (CommandElementAst element in elements)
        {
            if (element is not CommandParameterAst named)
            {
                if (pending is null)
                {
                    positions++;
                }
                else
                {
                    bound[pending.Name] = evaluator.Value((ExpressionAst)element);
                }

                pending = null;
                continue;
            }

            CommandParameter? parameter = Find(parameters, named.ParameterName);
            pending = null;
            if (ReferenceEquals(named, open))
            {
                pending = parameter;
            }
            else if (parameter is not null && (named.Argument is not null || parameter.IsSwitch))
            {
                bound[parameter.Name] = named.Argument is null ? SwitchParameter.Present : evaluator.Value(named.Argument);
            }
            else
            {
                pending = parameter;
            }
        }

        return (bound, pending, positions);
    }

    private List<CompletionResult> CommandNames(string word)
        => [.. _shell.Cmdlets.Select(c => c.Name)
            .Where(n => n.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(n => new CompletionResult(n, n, CompletionResultType.Command, n))];

    private static List<CompletionResult> ParameterNames(List<CommandParameter> parameters, string word)
        => [.. parameters
            .Where(p => p.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !p.Sets.All(s => s.DontShow))
            .Select(p => new CompletionResult("-" + p.Name, p.Name, CompletionResultType.ParameterName, "[" + p.Type.Name + "] " + p.Name))];

    private static List<CompletionResult> Values(string command, CommandParameter parameter, string word, CommandAst ast, Hashtable bound)
    {
        if (parameter.Attributes.OfType<ArgumentCompleterAttribute>().FirstOrDefault()?.Type is { } type)
        {
            IArgumentCompleter completer = (IArgumentCompleter)Activator.CreateInstance(type)!;
            List<CompletionResult> own = [.. completer.CompleteArgument(command, parameter.Name, word, ast, bound)];
            if (own.Count > 0)
            {
                return own;
            }
        }

        Type element = LanguagePrimitives.ElementTypeOf(parameter.Type) ?? Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type;
        IEnumerable<string> values = parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault()?.ValidValues
            ?? (element.IsEnum ? Enum.GetNames(element) : []);
        string start = word.Trim('\'', '"');
        return [.. values
            .Where(v => v.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(v => new CompletionResult(v.Contains(' ', StringComparison.Ordinal) ? "'" + v.Replace("'", "''", StringComparison.Ordinal) + "'" : v, v, CompletionResultType.ParameterValue, v))];
    }
}
