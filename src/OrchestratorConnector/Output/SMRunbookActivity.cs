using System;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>A mapping kept for reuse: which properties of an input object fill which inputs of a runbook, and where its outputs go.</summary>
public sealed class SMRunbookActivity : IReadyText, IMapText
{
    internal SMRunbookActivity(RunbookActivity activity, string connector, string statePath)
    {
        Name = activity.Name;
        Description = activity.Description;
        Runbook = activity.RunbookPath;
        RunbookId = activity.RunbookId;
        Connector = connector;
        Map = new TextTable();
        foreach (ActivityMapping mapping in activity.Map)
        {
            Map[mapping.Parameter] = mapping.IsScript ? ScriptBlock.Create(mapping.Source) : mapping.Source;
        }

        OutputMap = new TextTable();
        foreach (System.Collections.Generic.KeyValuePair<string, string> output in activity.OutputMap)
        {
            OutputMap[output.Key] = output.Value;
        }

        Default = new TextTable();
        foreach (System.Collections.Generic.KeyValuePair<string, string> value in activity.Defaults)
        {
            Default[value.Key] = value.Value;
        }

        ReadyForAutomation = activity.ReadyForAutomation;
        CreationTime = activity.CreationTime.ToLocalTime();
        StatePath = statePath;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>The path of the runbook.</summary>
    public string Runbook { get; }

    /// <summary>The id of the runbook.</summary>
    public Guid RunbookId { get; }

    /// <summary>The connector of the runbook.</summary>
    public string Connector { get; }

    /// <summary>Where the inputs come from: names of properties, or script blocks.</summary>
    public TextTable Map { get; }

    /// <summary>Which output goes into which property.</summary>
    public TextTable OutputMap { get; }

    /// <summary>The values of inputs that nothing else fills.</summary>
    public TextTable Default { get; }

    /// <summary>Whether it may be invoked.</summary>
    public bool ReadyForAutomation { get; }

    /// <summary>When it was made.</summary>
    public DateTime CreationTime { get; }

    /// <summary>The store it is in, so that the next cmdlet of a pipeline uses the same.</summary>
    public string StatePath { get; }

    string IReadyText.ReadyText => ReadyForAutomation ? "yes" : "no";

    string IMapText.MapText => Display.Short(string.Join(", ", Map.Keys.Cast<string>().Select(k => $"{k} \u2190 {(Map[k] is string property ? property : "{" + Map[k] + "}")}")));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
