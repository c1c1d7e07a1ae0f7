using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>Fits values to the inputs of a runbook, by name in any case: a pure function, and the last check before anything is sent.</summary>
public static class JobInputs
{
    /// <summary>Fits values to a runbook.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">The values.</param>
    /// <returns>One parameter for each value, in the order of the contract.</returns>
    /// <exception cref="OrchestratorException">ParameterUnknown, ParameterGivenTwice, ParameterMissing, ParameterValueInvalid.</exception>
    public static IReadOnlyList<JobParameter> Bind(LibraryRunbook runbook, IReadOnlyCollection<GivenValue> given)
    {
        RunbookParameter[] inputs = [.. Of(runbook)];
        string path = runbook.Runbook.Path;
        Dictionary<string, GivenValue> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (GivenValue value in given)
        {
            if (values.ContainsKey(value.Name))
            {
                throw Error.ParameterGivenTwice(path, value.Name);
            }

            values.Add(value.Name, value);
        }

        HashSet<string> names = new(inputs.Select(i => i.Name), StringComparer.OrdinalIgnoreCase);
        string[] unknown = [.. values.Keys.Where(n => !names.Contains(n))];
        if (unknown.Length > 0)
        {
            throw Error.ParameterUnknown(path, unknown, names);
        }

        string[] missing = [.. names.Where(n => !values.ContainsKey(n))];
        if (missing.Length > 0 && DemandsAll(runbook))
        {
            throw Error.ParameterMissing(path, missing);
        }

        return [.. inputs.Where(i => values.ContainsKey(i.Name)).Select(i => ToParameter(i, values[i.Name]))];
    }

    /// <summary>The inputs of a runbook.</summary>
    public static IEnumerable<RunbookParameter> Of(LibraryRunbook runbook) =>
        (runbook.Runbook.Parameters ?? []).Where(p => p.Direction == ParameterDirection.In);

    /// <summary>
    /// Whether the server demands a value for every input: the Atom service does (facts A.8), the present Web API does not
    /// (facts B.1).
    /// </summary>
    public static bool DemandsAll(LibraryRunbook runbook) => runbook.Protocol != ConnectorProtocol.WebApi;

    private static JobParameter ToParameter(RunbookParameter input, GivenValue given)
    {
        int invalid = XmlText.FindInvalid(given.Value);
        return invalid < 0
            ? new JobParameter(input.Name, input.Id, given.Value, given.IsSecret)
            : throw Error.ParameterValueInvalid(input.Name, invalid, given.Value[invalid]);
    }
}
