using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation.Double;
using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>The text of a script. There is no language here to run it: what it does is what <see cref="Scripts"/> was told.</summary>
public class ScriptBlock
{
    private readonly string _text;
    private readonly Func<object?, object?>? _body;

    internal ScriptBlock(string text, Func<object?, object?>? body)
    {
        _text = text;
        _body = body;
    }

    public static ScriptBlock Create(string script) => Scripts.Create(script);

    public Collection<PSObject> InvokeWithContext(IDictionary? functionsToDefine, List<PSVariable>? variablesToDefine, params object?[] args)
    {
        foreach (object name in functionsToDefine?.Keys ?? Array.Empty<object>())
        {
            if (string.IsNullOrWhiteSpace(name as string))
            {
                throw new PSInvalidOperationException(
                    "The key property for an entry in the dictionary of functions to define cannot be empty because the key property is used as the function name. Specify a non-empty string as the value of the key property, and then try the operation again.",
                    "EmptyFunctionNameInFunctionDefinitionDictionary");
            }
        }

        return InvokeWithContext((Dictionary<string, ScriptBlock>?)null, variablesToDefine, args);
    }

    public Collection<PSObject> InvokeWithContext(Dictionary<string, ScriptBlock>? functionsToDefine, List<PSVariable>? variablesToDefine, params object?[] args)
    {
        // As in the engine the special variables are taken out of the caller's list: who wants them again must put them in again.
        Take(variablesToDefine, "this", StringComparison.OrdinalIgnoreCase);
        object? item = Take(variablesToDefine, "_", StringComparison.Ordinal);
        Take(variablesToDefine, "input", StringComparison.OrdinalIgnoreCase);
        return Wrap(Run(item));
    }

    public override string ToString() => _text;

    private static object? Take(List<PSVariable>? variables, string name, StringComparison comparison)
    {
        PSVariable? found = variables?.Find(v => string.Equals(v.Name, name, comparison));
        if (found is not null)
        {
            variables!.Remove(found);
        }

        return found?.Value;
    }

    /// <summary>What a script puts out: the elements of a collection, one by one, and each wrapped.</summary>
    private static Collection<PSObject> Wrap(object? output)
        => ReferenceEquals(output, AutomationNull.Value)
            ? []
            : [.. (LanguagePrimitives.GetEnumerable(output) ?? new[] { output }).Cast<object?>().Select(o => o is null ? null! : PSObject.AsPSObject(o))];

    private object? Run(object? item)
    {
        Pipeline pipeline = Pipeline.Current
            ?? throw new PSInvalidOperationException(
                "There is no Runspace available to run scripts in this thread. You can provide one in the DefaultRunspace property of the System.Management.Automation.Runspaces.Runspace type. The script block you attempted to invoke was: " + _text,
                "ScriptBlockDelegateInvokedFromWrongThread");
        pipeline.ThrowIfStopping();
        if (_body is null)
        {
            throw new CommandNotFoundException("Nobody has said what this script does: " + _text, _text);
        }

        try
        {
            return _body(item);
        }
        catch (Exception e) when (e is not (RuntimeException or FlowControlException))
        {
            throw new RuntimeException(e.Message, e, new ErrorRecord(e, e.Message, ErrorCategory.OperationStopped, null)) { WasThrownFromThrowStatement = true };
        }
        finally
        {
            pipeline.ThrowIfStopping();
        }
    }
}

/// <summary>A variable by itself, to be handed to a script.</summary>
public class PSVariable
{
    public PSVariable(string name)
        : this(name, null)
    {
    }

    public PSVariable(string name, object? value)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new PSArgumentException("Cannot process argument because the value of argument \"name\" is not valid. Change the value of the \"name\" argument and run the operation again.");
        }

        Name = name;
        Value = value;
    }

    public string Name { get; }

    public virtual object? Value { get; set; }
}
