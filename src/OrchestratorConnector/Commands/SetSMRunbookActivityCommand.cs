using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Changes a runbook activity: what is given, and nothing else. It is checked against the runbook's contract again.</summary>
/// <example>
/// <code>Set-SMRunbookActivity Restart -ReadyForAutomation</code>
/// <para>Lets an activity be invoked.</para>
/// </example>
/// <example>
/// <code>Set-SMRunbookActivity Restart -Runbook '\Operations\Restart Service' -Connector Test -PassThru</code>
/// <para>Points an activity to the runbook of another server; the mapping stays and has to fit.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "SMRunbookActivity", SupportsShouldProcess = true)]
[OutputType(typeof(SMRunbookActivity))]
public sealed class SetSMRunbookActivityCommand : ActivitySettingsCmdlet
{
    /// <summary>The activity's name, in any case. A piped activity gives its name and nothing more.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ActivityNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Another name for it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string NewName { get; set; } = string.Empty;

    /// <summary>Another runbook with inputs and outputs that fit: its path, or its name where only one bears it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookCompleter))]
    public string? Runbook { get; set; }

    /// <summary>Return the changed activity. Without it nothing is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForItem(Change);

    private void Change()
    {
        RunbookActivity before = Activities.Require(Store, Name);
        LibraryRunbook? runbook = Runbook is not null ? RunbookChoice.Require(Store, Runbook, Connector, StopToken) : Activities.FindRunbook(Store, before);
        RunbookActivity after = Changed(before, runbook);
        bool touchesContract = Runbook is not null || Map is not null || OutputMap is not null || Default is not null || (after.ReadyForAutomation && !before.ReadyForAutomation);
        if (touchesContract)
        {
            Check(after, runbook ?? throw Error.ActivityRunbookGone(before.Name, before.RunbookPath));
        }

        if (!ShouldProcess(before.Name, "Change runbook activity"))
        {
            return;
        }

        RunbookActivity written = Store.UpdateActivity(before, a => Changed(a, runbook));
        if (PassThru)
        {
            WriteObject(Activities.ToOutput(Store, written));
        }
    }

    private RunbookActivity Changed(RunbookActivity activity, LibraryRunbook? runbook)
    {
        if (IsTyped(nameof(NewName)))
        {
            activity = ConnectorName.WhyNot(NewName) is { } why ? throw Error.ActivityNameInvalid(NewName, why) : activity with { Name = NewName };
        }

        if (Runbook is not null && runbook is not null)
        {
            activity = activity with { ConnectorId = runbook.ConnectorId, RunbookId = runbook.Runbook.Id, RunbookPath = runbook.Runbook.Path };
        }

        return Apply(activity);
    }
}
