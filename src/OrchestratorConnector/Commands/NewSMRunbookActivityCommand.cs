using System;
using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Keeps a mapping for reuse: which properties of an input object fill which inputs of one runbook, and which properties its
/// outputs go into. It is checked against the runbook's contract.
/// </summary>
/// <remarks>
/// What does not fit the contract is the error ActivityBroken, which lists every mistake. It depends on the contract from now
/// on: when that changes, the next synchronization makes the runbook Invalid.
/// </remarks>
/// <example>
/// <code>New-SMRunbookActivity 'Restart for a request' '\Operations\Restart Service' -Connector Production -Map @{ 'Computer Name' = 'Server'; 'Service Name' = 'Service' } -OutputMap @{ Result = 'Outcome' } -ReadyForAutomation</code>
/// <para>Keeps a mapping for objects with the properties Server and Service; the output goes into their property Outcome.</para>
/// </example>
/// <example>
/// <code>
/// $map = @{ 'Computer Name' = { $_.Server.ToLowerInvariant() } }
/// New-SMRunbookActivity 'Restart the spooler' 'Restart Service' -Connector Test -Map $map -Default @{ 'Service Name' = 'Spooler' }
/// </code>
/// <para>
/// Fills one input with a script block and the other with a value. It is not ready for automation until somebody says so.
/// </para>
/// </example>
[Cmdlet(VerbsCommon.New, "SMRunbookActivity", SupportsShouldProcess = true)]
[OutputType(typeof(SMRunbookActivity))]
public sealed class NewSMRunbookActivityCommand : ActivitySettingsCmdlet
{
    /// <summary>The activity's name: unique in any case, without wildcards, at most 128 characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string Name { get; set; } = string.Empty;

    /// <summary>The runbook: its path, or its name where only one bears it, or an object of Get-SMRunbook.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookCompleter))]
    public string Runbook { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ConnectorName.WhyNot(Name) is { } why)
        {
            throw Error.ActivityNameInvalid(Name, why);
        }

        LibraryRunbook runbook = RunbookChoice.Require(Store, Runbook, Connector, StopToken);
        RunbookActivity activity = Apply(new RunbookActivity
        {
            Name = Name,
            ConnectorId = runbook.ConnectorId,
            RunbookId = runbook.Runbook.Id,
            RunbookPath = runbook.Runbook.Path,
            CreationTime = DateTime.UtcNow,
        });
        Check(activity, runbook);
        if (Store.FindActivity(Name) is { } present)
        {
            throw Error.ActivityExists(present.Name);
        }

        if (ShouldProcess($"{Name} ({runbook.Runbook.Path})", "Make runbook activity"))
        {
            WriteObject(Activities.ToOutput(Store, Store.AddActivity(activity)));
        }
    }
}
