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
/// The inputs of a runbook as parameters of a cmdlet. A name with blanks or other characters that cannot be typed behind a
/// hyphen keeps its spelling for splatting, and has an alias of its letters, digits and underscores.
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
        HashSet<string> taken = new(OwnNames(cmdlet).Concat(Common), StringComparer.OrdinalIgnoreCase);
        List<RunbookParameter> inputs = [.. JobInputs.Of(runbook).Where(i => taken.Add(i.Name))];
        foreach (RunbookParameter input in inputs)
        {
            ParameterAttribute parameter = new() { Mandatory = isMandatory };
            if (!string.IsNullOrWhiteSpace(input.Description))
            {
                parameter.HelpMessage = input.Description;
            }

            Collection<Attribute> attributes =
            [
                parameter,
                new AllowNullAttribute(),
                new AllowEmptyStringAttribute(),
                new AllowEmptyCollectionAttribute(),
            ];
            string alias = Alias(input.Name);
            if (alias.Length > 0 && taken.Add(alias))
            {
                attributes.Add(new AliasAttribute(alias));
            }

            parameters.Add(input.Name, new RuntimeDefinedParameter(input.Name, typeof(object), attributes));
        }

        return parameters;
    }

    /// <summary>What a name becomes where only letters, digits and underscores can be typed.</summary>
    public static string Alias(string name) => string.Concat(name.Where(c => char.IsLetterOrDigit(c) || c == '_'));

    private static IEnumerable<string> OwnNames(Type cmdlet) =>
        from property in cmdlet.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        where property.IsDefined(typeof(ParameterAttribute), inherit: true)
        from name in property.GetCustomAttributes<AliasAttribute>(inherit: true).SelectMany(a => a.AliasNames).Append(property.Name)
        select name;
}
