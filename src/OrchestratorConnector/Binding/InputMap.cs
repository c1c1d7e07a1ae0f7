using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Binding;

/// <summary>Takes the values of a runbook's inputs out of an object: by a map, and by properties of the same name.</summary>
internal static class InputMap
{
    /// <summary>Reads what a user typed as a map: input, and the name of a property or a script block.</summary>
    /// <exception cref="OrchestratorException">MapFailed.</exception>
    public static IReadOnlyList<ActivityMapping> Read(IDictionary? map)
    {
        List<ActivityMapping> mappings = [];
        foreach (DictionaryEntry entry in map ?? new Hashtable())
        {
            string parameter = entry.Key.ToString() ?? string.Empty;
            object? source = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            mappings.Add(source switch
            {
                ScriptBlock script => new ActivityMapping(parameter, script.ToString(), IsScript: true),
                string property when property.Length > 0 => new ActivityMapping(parameter, property, IsScript: false),
                _ => throw Error.MapFailed(parameter, "a map takes the name of a property, or a script block.", null),
            });
        }

        return mappings;
    }

    /// <summary>Reads a table of texts.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadTexts(IDictionary? table, ValueText text)
    {
        List<KeyValuePair<string, string>> values = [];
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            string name = entry.Key.ToString() ?? string.Empty;
            values.Add(new KeyValuePair<string, string>(name, text.Of(name, entry.Value).Value));
        }

        return values;
    }

    /// <summary>The value that a mapping gives for an object.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="script">The script block as the user typed it, in his own scope; <see langword="null"/> for one that was kept.</param>
    /// <param name="input">The object.</param>
    /// <exception cref="OrchestratorException">MapFailed.</exception>
    public static object? Evaluate(ActivityMapping mapping, ScriptBlock? script, PSObject input)
    {
        if (!mapping.IsScript)
        {
            return TryGet(input, mapping.Source, out object? value)
                ? value
                : throw Error.MapFailed(mapping.Parameter, $"the input object has no property '{mapping.Source}'.", null);
        }

        try
        {
            script ??= ScriptBlock.Create(mapping.Source);
            Collection<PSObject> results = script.InvokeWithContext(null, [new PSVariable("_", input)]);
            return results.Count switch
            {
                0 => null,
                1 => results[0],
                _ => results.Select(r => (object?)r).ToArray(),
            };
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw Error.MapFailed(mapping.Parameter, (e.InnerException ?? e).Message, e);
        }
    }

    /// <summary>The value of a property, or of a table's key, in any case.</summary>
    public static bool TryGet(PSObject input, string name, out object? value)
    {
        value = null;
        if (input.BaseObject is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                if (string.Equals(entry.Key.ToString(), name, StringComparison.OrdinalIgnoreCase))
                {
                    value = entry.Value;
                    return true;
                }
            }

            return false;
        }

        // A text has a Length, which nobody means.
        if (name.Length == 0 || input.BaseObject is string || input.BaseObject.GetType().IsPrimitive || input.Properties[name] is not { } property)
        {
            return false;
        }

        try
        {
            value = property.Value;
            return true;
        }
        catch (GetValueException e)
        {
            throw Error.MapFailed(name, (e.InnerException ?? e).Message, e);
        }
    }
}
