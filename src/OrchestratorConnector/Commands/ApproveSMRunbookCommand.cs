using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Accepts the present contract of invalid runbooks: they become active and are started again. Runbook activities that do not
/// fit it any more say so when they are invoked.
/// </summary>
/// <remarks>Runbooks that are not invalid are left as they are. Nothing at the server changes.</remarks>
/// <example>
/// <code>Approve-SMRunbook 'Restart Service' -Connector Production -PassThru</code>
/// <para>Accepts the contract that one runbook has now, if it is invalid, and shows it.</para>
/// </example>
/// <example>
/// <code>Approve-SMRunbook -WhatIf</code>
/// <para>Says which runbooks are invalid and would be accepted.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Approve, "SMRunbook", SupportsShouldProcess = true, DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbook))]
public sealed class ApproveSMRunbookCommand : RunbookChoiceCmdlet
{
    /// <summary>Return the runbooks as they are then. Without it nothing is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (LibraryRunbook runbook in Choose().Where(r => r.Status == RunbookStatus.Invalid))
        {
            ForItem(() =>
            {
                if (!ShouldProcess(runbook.Runbook.Path, "Accept the present contract"))
                {
                    return;
                }

                LibraryRunbook approved = Store.ApproveRunbook(runbook);
                if (PassThru)
                {
                    WriteObject(new SMRunbook(approved, Store.Location));
                }
            });
        }
    }
}
