using System;
using System.Management.Automation;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Registers an Orchestrator web service as a connector. The connection is tested first; when it fails nothing is written.
/// </summary>
/// <remarks>
/// Nothing is imported yet: Sync-OrchestratorConnector does that. When the test fails, its error says which step failed and
/// what to do; Test-OrchestratorConnector shows every step.
/// </remarks>
/// <example>
/// <code>New-OrchestratorConnector Berlin http://scorch01:81/Orchestrator2012/Orchestrator.svc</code>
/// <para>
/// Registers the web service of a 2012 to 2016 server. The current user signs in, all folders are imported, and it is due once
/// a day at 02:00.
/// </para>
/// </example>
/// <example>
/// <code>New-OrchestratorConnector -Name Hamburg -ServiceUrl http://scorch02:81/ -Folder \Operations -RunAsAccount Runbooks -Every 04:00:00</code>
/// <para>
/// Registers the folder \Operations of a 2022 server, for which the Run As account Runbooks signs in, due every four hours.
/// </para>
/// </example>
/// <example>
/// <code>
/// $credential = Get-Credential 'CONTOSO\svc-runbooks'
/// New-OrchestratorConnector Hamburg http://scorch02:81/ -Credential $credential -Disabled
/// </code>
/// <para>
/// Keeps the credential as a Run As account that is called Hamburg too, and leaves the connector disabled until somebody
/// enables it.
/// </para>
/// </example>
/// <example>
/// <code>
/// Get-OrchestratorConnector Production |
///     ForEach-Object { New-OrchestratorConnector Copy $_.ServiceUrl -Folder \Operations -Schedule None -WhatIf }
/// </code>
/// <para>Says what would be registered. Nothing is tested and nothing is written.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Credentials"/>
/// <seealso href="about_OrchestratorConnector_Troubleshooting"/>
[Cmdlet(VerbsCommon.New, "OrchestratorConnector", SupportsShouldProcess = true)]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class NewOrchestratorConnectorCommand : ConnectorSettingsCmdlet
{
    /// <summary>The connector's name: unique in any case, without wildcards, at most 128 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// The service root: http(s)://server:81/Orchestrator2012/Orchestrator.svc for 2012 to 2016,
    /// http(s)://server:81/Orchestrator/Orchestrator.svc for 2019, http(s)://server:81 or http(s)://server:81/api for the 2019
    /// add-on, 2022 and 2025. With or without a slash at the end.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [AllowEmptyString]
    public string ServiceUrl { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override void Process() => ForInput(Register);

    private void Register()
    {
        if (ConnectorName.WhyNot(Name) is { } why)
        {
            throw Error.ConnectorNameInvalid(Name, why);
        }

        Connector connector = Apply(new Connector { Name = Name, ServiceUrl = ServiceAddress.Parse(ServiceUrl), CreationTime = DateTime.UtcNow });
        if (Store.FindConnector(Name) is { } present)
        {
            throw Error.ConnectorExists(present.Connector.Name);
        }

        if (Credential is not null && Store.FindAccount(Name) is { } account)
        {
            throw Error.AccountExists(account.Name);
        }

        if (!ShouldProcess($"{Name} ({connector.ServiceUrl})", "Register connector"))
        {
            return;
        }

        if (!SkipTest)
        {
            connector = Tested(connector);
        }

        WarnOfOverlap(connector);
        connector = Store.AddConnector(connector, AccountOf(Name));
        WriteObject(new Output.OrchestratorConnector(Store.FindConnector(connector.Name)!, Store.Location));
    }
}
