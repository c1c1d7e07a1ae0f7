using System;
using System.Management.Automation;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Registers an Orchestrator web service as a connector. The connection is tested first; when it fails nothing is written.
/// </summary>
[Cmdlet(VerbsCommon.New, "OrchestratorConnector", SupportsShouldProcess = true)]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class NewOrchestratorConnectorCommand : ConnectorSettingsCmdlet
{
    /// <summary>The connector's name: unique in any case, without wildcards, at most 128 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// The service root: http(s)://server:81/Orchestrator2012/Orchestrator.svc for 2012 to 2019, http(s)://server:81 or
    /// http(s)://server:81/api for 2022 and later.
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
