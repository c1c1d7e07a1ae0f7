using System;
using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Events;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Tests the way to a server step by step: name resolution, TCP, TLS, HTTP, authentication, protocol, service document,
/// folder, web console. For a registered connector, or for an address before it is registered. Changes nothing.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "OrchestratorConnector", DefaultParameterSetName = ByName)]
[OutputType(typeof(ConnectorTestResult), typeof(bool))]
public sealed class TestOrchestratorConnectorCommand : ConnectorCmdlet
{
    // A field of an enumeration of the core would make the shell look for the core before it can be found: see Dependencies.
    private int _protocol;

    private const string ByUrl = "ServiceUrl";

    /// <summary>The service root of a server that need not be registered.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByUrl)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string ServiceUrl { get; set; } = string.Empty;

    /// <summary>User name and password to sign in with; the current user without it.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A folder that has to exist.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string Folder { get; set; } = FolderPath.Root;

    /// <summary>A web console that should answer.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    public Uri? WebConsoleUrl { get; set; }

    /// <summary>The generation of the server.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    public ConnectorProtocol Protocol
    {
        get => (ConnectorProtocol)_protocol;
        set => _protocol = (int)value;
    }

    /// <summary>Let a password go over plain HTTP when the server asks for Basic authentication.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>How long each step may take, in seconds.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = (int)Connector.DefaultTimeout.TotalSeconds;

    /// <summary>Return only $true or $false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName != ByUrl)
        {
            base.Process();
            return;
        }

        Connector connector = new()
        {
            Name = ServiceUrl,
            ServiceUrl = ServiceAddress.Parse(ServiceUrl),
            Folder = FolderPath.Normalize(Folder),
            WebConsoleUrl = WebConsoleUrl,
            Protocol = Protocol,
            AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        Write(null, connector, Run($"Testing '{connector.Name}'", (pump, token) => new ConnectionFactory(_ => CredentialBinding.ToSource(Credential), (_, _) => { }, pump).TestAsync(connector, token)));
    }

    /// <inheritdoc/>
    private protected override void ProcessConnector(ConnectorState connector)
    {
        State.IStateStore store = Store;
        Write(
            connector.Connector.Name,
            connector.Connector,
            Run($"Testing '{connector.Connector.Name}'", (pump, token) => Connections(store, pump, token).TestAsync(connector.Connector, token)));
    }

    private void Write(string? name, Connector connector, ConnectionTestResult result)
    {
        if (result.Success && connector is { Id: not 0, Protocol: ConnectorProtocol.Auto })
        {
            Store.UpdateConnector(connector, c => c.ServiceUrl == connector.ServiceUrl ? c with { Protocol = result.Protocol } : c);
        }

        if (connector.Id != 0)
        {
            Record(Event.Tested(connector, result.Success, result.Message, result.Failure?.Id, result.Duration));
        }

        WriteObject(Quiet ? result.Success : new ConnectorTestResult(name, connector.ServiceUrl, result));
    }
}
