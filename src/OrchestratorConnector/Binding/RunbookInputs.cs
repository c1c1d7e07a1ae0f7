using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Binding;

/// <summary>
/// The inputs of a runbook as parameters of a cmdlet. Where a name has blanks or other characters that cannot be typed behind a
/// hyphen, the parameter is called by its letters, digits and underscores, and the name itself is its alias, for splatting.
/// </summary>
internal static class RunbookInputs
{
    private static readonly string[] Common =
    [
        "Verbose", "vb", "Debug", "db", "ErrorAction", "ea", "WarningAction", "wa", "InformationAction", "infa", "ProgressAction", "proga",
        "ErrorVariable", "ev", "WarningVariable", "wv", "InformationVariable", "iv", "OutVariable", "ov", "OutBuffer", "ob", "PipelineVariable", "pv",
        "WhatIf", "wi", "Confirm", "cf", "UseTransaction", "usetx",
    ];

    /// <summary>Makes the parameters.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="cmdlet">The cmdlet, whose own parameters keep their names: inputs that clash are reachable through -Parameter.</param>
    /// <param name="isMandatory">Whether the shell asks for those that are not given.</param>
    public static RuntimeDefinedParameterDictionary Define(LibraryRunbook runbook, Type cmdlet, bool isMandatory)
    {
        RuntimeDefinedParameterDictionary parameters = [];
        string[] own = [.. OwnNames(cmdlet).Concat(Common)];
        HashSet<string> taken = new(own, StringComparer.OrdinalIgnoreCase);
        // Whole names first: none of them gives way to what another one becomes.
        foreach (RunbookParameter input in JobInputs.Of(runbook).Where(i => !IsStartOfOne(i.Name) && taken.Add(i.Name)).ToArray())
        {
            string typed = Typed(input.Name);
            bool isShort = typed.Length > 0 && typed != input.Name && !IsStartOfOne(typed) && taken.Add(typed);
            RuntimeDefinedParameter parameter = new(isShort ? typed : input.Name, typeof(object), Attributes(input, isMandatory));
            if (isShort)
            {
                parameter.Attributes.Add(new AliasAttribute(input.Name));
            }

            parameters.Add(parameter.Name, parameter);
        }

        return parameters;

        // The shell takes the start of a parameter's name for the parameter, and its own parameters before these.
        bool IsStartOfOne(string name) => own.Any(o => o.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Of a runbook that cannot be found or chosen: whatever is typed behind it is taken in, so that the cmdlet can say what is
    /// wrong instead of the shell, which would complain of the inputs.
    /// </summary>
    public static RuntimeDefinedParameterDictionary Unknown()
    {
        RuntimeDefinedParameter rest = new(
            "UnknownInput",
            typeof(object[]),
            [new ParameterAttribute { ValueFromRemainingArguments = true, DontShow = true }, new AllowNullAttribute(), new AllowEmptyStringAttribute(), new AllowEmptyCollectionAttribute()]);
        return new RuntimeDefinedParameterDictionary { { rest.Name, rest } };
    }

    /// <summary>What <see cref="Unknown"/> took in, for people: names of inputs, without the values behind them, which may be secrets.</summary>
    public static string TypedNames(RuntimeDefinedParameterDictionary unknown)
    {
        object[] words = unknown.Values.SelectMany(p => p.IsSet && p.Value is object[] values ? values : []).ToArray();
        string[] names = [.. words.Select(w => w is PSObject wrapped ? wrapped.BaseObject : w).OfType<string>().Where(w => w.Length > 1 && w[0] == '-')];
        return words.Length == 0 ? string.Empty : names.Length == 0 ? "a value without a name" : string.Join(", ", names);
    }

    /// <summary>The input that a parameter stands for.</summary>
    public static string InputOf(RuntimeDefinedParameter parameter) =>
        parameter.Attributes.OfType<AliasAttribute>().SelectMany(a => a.AliasNames).FirstOrDefault() ?? parameter.Name;

    /// <summary>What a name becomes where only letters, digits and underscores can be typed.</summary>
    public static string Typed(string name) => string.Concat(name.Where(c => char.IsLetterOrDigit(c) || c == '_'));

    private static Collection<Attribute> Attributes(RunbookParameter input, bool isMandatory)
    {
        ParameterAttribute parameter = new() { Mandatory = isMandatory };
        if (!string.IsNullOrWhiteSpace(input.Description))
        {
            parameter.HelpMessage = input.Description;
        }

        return [parameter, new AllowNullAttribute(), new AllowEmptyStringAttribute(), new AllowEmptyCollectionAttribute()];
    }

    private static IEnumerable<string> OwnNames(Type cmdlet) =>
        from property in cmdlet.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        where property.IsDefined(typeof(ParameterAttribute), inherit: true)
        from name in property.GetCustomAttributes<AliasAttribute>(inherit: true).SelectMany(a => a.AliasNames).Append(property.Name)
        select name;
}
