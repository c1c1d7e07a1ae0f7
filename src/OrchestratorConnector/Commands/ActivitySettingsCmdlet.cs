using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>What New- and Set-SMRunbookActivity share: the settings, and the check against the runbook's contract.</summary>
public abstract class ActivitySettingsCmdlet : OrchestratorCmdlet
{
    /// <summary>The connector, where several have a runbook of the name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string? Connector { get; set; }

    /// <summary>Free text. An empty text takes away the one that is there.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>
    /// Where the inputs come from: the name of a property of the input object, or a script block that is given it as $_: @{
    /// 'Computer Name' = 'Host'; User = { $_.Owner.Name } }.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Map { get; set; }

    /// <summary>
    /// Where the outputs go: output, and the name of the property of the input object that gets its value: @{ Result =
    /// 'Outcome' }.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? OutputMap { get; set; }

    /// <summary>The values of inputs that nothing else fills.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Default { get; set; }

    /// <summary>
    /// Let it be invoked. A new activity is not ready without it: Invoke-SMRunbookActivity refuses with the error
    /// ActivityNotReady. -ReadyForAutomation:$false takes it back.
    /// </summary>
    [Parameter]
    public SwitchParameter ReadyForAutomation { get; set; }

    /// <summary>An activity with what was given in place of what it had.</summary>
    private protected RunbookActivity Apply(RunbookActivity activity)
    {
        ValueText text = new(ValueText.DefaultSeparator, allowsSecrets: false);
        return activity with
        {
            Description = IsTyped(nameof(Description)) ? string.IsNullOrEmpty(Description) ? null : Description : activity.Description,
            Map = Map is null ? activity.Map : InputMap.Read(Map),
            OutputMap = OutputMap is null ? activity.OutputMap : InputMap.ReadTexts(OutputMap, text),
            Defaults = Default is null ? activity.Defaults : InputMap.ReadTexts(Default, text),
            ReadyForAutomation = IsTyped(nameof(ReadyForAutomation)) ? ReadyForAutomation : activity.ReadyForAutomation,
        };
    }

    /// <summary>Refuses an activity that does not fit its runbook.</summary>
    /// <exception cref="OrchestratorException">ActivityBroken.</exception>
    private protected static void Check(RunbookActivity activity, LibraryRunbook runbook)
    {
        string[] twice = [.. activity.Map.GroupBy(m => m.Parameter.ToUpperInvariant()).Where(g => g.Count() > 1).Select(g => $"the input '{g.First().Parameter}' is mapped twice")];
        string[] nowhere = [.. activity.OutputMap.Where(o => o.Value.Length == 0).Select(o => $"the output '{o.Key}' goes into no property")];
        IReadOnlyList<string> mistakes = ActivityCheck.FindMistakes(activity, runbook.Runbook.Parameters ?? [], JobInputs.DemandsAll(runbook));
        if (twice.Length + nowhere.Length + mistakes.Count > 0)
        {
            throw Error.ActivityBroken(activity.Name, twice.Concat(nowhere).Concat(mistakes));
        }
    }
}
