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
/// Tests the way to a server step by step. The steps are name resolution, TCP, TLS, HTTP, authentication, protocol, service
/// document, folder and web console. For a registered connector, or for an address before it is registered. Nothing is
/// imported.
/// </summary>
/// <remarks>
/// Each step has its outcome, its time and, where it failed, a hint. A connection that fails is a result, not an error. For a
/// registered connector whose generation was not known, it is known then.
/// </remarks>
/// <example>
/// <code>Test-OrchestratorConnector *</code>
/// <para>Tests all connectors and shows every step.</para>
/// </example>
/// <example>
/// <code>Test-OrchestratorConnector -ServiceUrl http://scorch02:81/ -Folder \Operations</code>
/// <para>Tests a server before it is registered, as the current user.</para>
/// </example>
/// <example>
/// <code>if (-not (Test-OrchestratorConnector Production -Quiet)) { Write-Warning 'Production is out of reach.' }</code>
/// <para>Uses the outcome in a script.</para>
/// </example>
/// <example>
/// <code>(Test-OrchestratorConnector Production).Checks | Where-Object Outcome -eq Failed | Format-List</code>
/// <para>Shows the steps that failed, with their hints; nothing when none did.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Troubleshooting"/>
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

    /// <summary>User name and password to sign in with; the current user without it. They are not stored.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A folder that has to exist and that the account has to see; the root without it.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string Folder { get; set; } = FolderPath.Root;

    /// <summary>
    /// The address of a web console that should answer: http(s)://server:82. One that does not is a warning, not a failure.
    /// </summary>
    [Parameter(ParameterSetName = ByUrl)]
    public Uri? WebConsoleUrl { get; set; }

    /// <summary>The generation of the server: Auto finds it out.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    public ConnectorProtocol Protocol
    {
        get => (ConnectorProtocol)_protocol;
        set => _protocol = (int)value;
    }

    /// <summary>
    /// Let a password go over plain HTTP when the server asks for Basic authentication. Whoever can listen on the network reads
    /// it then.
    /// </summary>
    [Parameter(ParameterSetName = ByUrl)]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>How long each step may take, in seconds.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = (int)Connector.DefaultTimeout.TotalSeconds;

    /// <summary>Return only $true or $false, for use in conditions.</summary>
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
