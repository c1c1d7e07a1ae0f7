using System;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Changes a connector: what is given, and nothing else. A change of address, folder or identity is tested first; when that
/// fails nothing is written.
/// </summary>
/// <remarks>
/// When address or folder change, the next synchronization marks as missing what is not there; a warning says so. The password
/// of a Run As account is changed with Set-OrchestratorRunAsAccount.
/// </remarks>
/// <example>
/// <code>Set-OrchestratorConnector Production -At 04:30 -TimeoutSeconds 300</code>
/// <para>Makes it due at half past four every day, and lets one request wait five minutes.</para>
/// </example>
/// <example>
/// <code>Set-OrchestratorConnector Test -Folder \Operations -PassThru</code>
/// <para>Imports the folder \Operations only, after it was tested that the account can see it, and shows the connector.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnector | Set-OrchestratorConnector -RunAsAccount Runbooks</code>
/// <para>Gives all connectors one Run As account, each after a test that it is let in.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Credentials"/>
[Cmdlet(VerbsCommon.Set, "OrchestratorConnector", SupportsShouldProcess = true)]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class SetOrchestratorConnectorCommand : ConnectorSettingsCmdlet
{
    /// <summary>The connector's name, in any case. A piped connector gives its name and nothing more.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Another name for it. Runbooks, history, jobs and activities stay with it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string NewName { get; set; } = string.Empty;

    /// <summary>The service root. Another address means that another generation may answer: it is found out again.</summary>
    [Parameter]
    [Alias("Url", "Uri")]
    [AllowEmptyString]
    public string ServiceUrl { get; set; } = string.Empty;

    /// <summary>Return the changed connector. Without it nothing is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForItem(ChangeConnector);

    /// <inheritdoc/>
    /// <remarks>
    /// A piped connector names itself and nothing more: its other properties are what they were when it was read, and would
    /// undo what somebody else changed since.
    /// </remarks>
    private protected override bool IsGiven(string parameter) => IsTyped(parameter);

    private void ChangeConnector()
    {
        ConnectorState state = RequireConnector(Name);
        Connector before = state.Connector;
        Connector after = Change(before);
        if (!string.Equals(after.Name, before.Name, StringComparison.OrdinalIgnoreCase) && Store.FindConnector(after.Name) is { } other)
        {
            throw Error.ConnectorExists(other.Connector.Name);
        }

        bool movesScope = after.Folder != before.Folder || after.ServiceUrl != before.ServiceUrl;
        if (state.RunbookCount > 0 && !after.Covers(before))
        {
            WriteWarning($"At its next synchronization '{before.Name}' marks runbooks as missing that are not in '{after.Folder}' of {after.ServiceUrl}. Sync-OrchestratorConnector '{after.Name}' -WhatIf shows which.");
        }

        if (!ShouldProcess(before.Name, "Change connector"))
        {
            return;
        }

        bool touchesConnection = movesScope || Credential is not null || after.RunAsAccount != before.RunAsAccount || after.Protocol != before.Protocol;
        ConnectorProtocol protocol = touchesConnection && !SkipTest ? Tested(after).Protocol : after.Protocol;
        if (movesScope)
        {
            WarnOfOverlap(after);
        }

        Connector written = Store.UpdateConnector(before, c => Change(c) with { Protocol = protocol }, AccountOf(after.Name));
        if (PassThru)
        {
            WriteObject(new Output.OrchestratorConnector(Store.FindConnector(written.Name)!, Store.Location));
        }
    }

    private Connector Change(Connector connector)
    {
        if (IsGiven(nameof(NewName)))
        {
            connector = ConnectorName.WhyNot(NewName) is { } why ? throw Error.ConnectorNameInvalid(NewName, why) : connector with { Name = NewName };
        }

        if (IsGiven(nameof(ServiceUrl)))
        {
            Uri url = ServiceAddress.Parse(ServiceUrl);
            connector = url == connector.ServiceUrl ? connector : connector with { ServiceUrl = url, Protocol = ConnectorProtocol.Auto };
        }

        return Apply(connector);
    }
}
