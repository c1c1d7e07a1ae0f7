using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Secrets;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Commands;

/// <summary>What New- and Set-OrchestratorConnector share: a connector's settings, and the test before anything is written.</summary>
public abstract class ConnectorSettingsCmdlet : OrchestratorCmdlet
{
    // A field of an enumeration of the core would make the shell look for the core before it can be found: see Dependencies.
    private int _protocol;
    private int _parameterEncoding;

    /// <summary>
    /// The folder whose runbooks are imported, with its subfolders: \Folder\Subfolder. For a new connector the root, \, without
    /// it. A folder that the server does not show to the account is the error FolderNotFound.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? Folder { get; set; }

    /// <summary>
    /// The web console's address: http(s)://server:82. Runbooks and jobs show it as ConsoleUrl; nothing else depends on it. A
    /// console that does not answer is a warning.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public Uri? WebConsoleUrl { get; set; }

    /// <summary>Free text. An empty text takes away the one that is there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>
    /// The Run As account that signs in at the server, by its name. Without one, the current user does, whoever runs the
    /// cmdlet. An empty text takes away the one that is there.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RunAsAccountNameCompleter))]
    public string? RunAsAccount { get; set; }

    /// <summary>
    /// User name and password to sign in with, any characters in both. They are kept as a Run As account of the connector's
    /// name, so that they can be changed in one place. Not together with -RunAsAccount.
    /// </summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// The generation of the server: Auto, which a new connector has without it, finds it out and keeps it; Atom is the web
    /// service of 2012 to 2019; WebApi is that of the 2019 add-on, 2022 and 2025.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ConnectorProtocol Protocol
    {
        get => (ConnectorProtocol)_protocol;
        set => _protocol = (int)value;
    }

    /// <summary>
    /// How often values of job parameters are escaped for the 2012 to 2019 service, about which working clients contradict each
    /// other: Auto, which a new connector has without it, escapes once and finds out from what the server makes of the first
    /// values where it matters; Once and Twice settle it. The Web API does not need it.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ParameterEncoding ParameterEncoding
    {
        get => (ParameterEncoding)_parameterEncoding;
        set => _parameterEncoding = (int)value;
    }

    /// <summary>
    /// When Sync-OrchestratorConnector -Due runs it: Daily, Interval or None. A new connector is due daily at 02:00 without it.
    /// What -At and -Every say is enough: -At means Daily and -Every means Interval.
    /// </summary>
    [Parameter]
    public ScheduleKind Schedule { get; set; }

    /// <summary>The local time of a daily schedule, from 00:00 to 23:59:59. A new connector has 02:00 without it.</summary>
    [Parameter]
    public TimeSpan At { get; set; }

    /// <summary>
    /// The time between the starts of two runs of an interval schedule, from one minute to 31 days: 04:00:00 is four hours.
    /// </summary>
    [Parameter]
    public TimeSpan Every { get; set; }

    /// <summary>The connector is disabled: it is not synchronized without -Force. -Disabled:$false enables it.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>
    /// Write the settings without trying them. The generation of the server is then found out at the first connection.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <summary>
    /// Let a password go over plain HTTP when the server asks for Basic authentication. Whoever can listen on the network reads
    /// it then. Without it the error is BasicOverHttpRefused. Kerberos and NTLM do not need it.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>
    /// How long one request may stay without an answer, in seconds. A new connector has 100 without it. A server that rebuilds
    /// its authorization cache may need more.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(Connector.LeastTimeoutSeconds, Connector.MostTimeoutSeconds)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Whether a setting was given.</summary>
    private protected virtual bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>A connector with what was given in place of what it had.</summary>
    private protected Connector Apply(Connector connector)
    {
        connector = connector with
        {
            Folder = IsGiven(nameof(Folder)) ? FolderPath.Normalize(Folder) : connector.Folder,
            WebConsoleUrl = IsGiven(nameof(WebConsoleUrl)) ? Console(WebConsoleUrl) : connector.WebConsoleUrl,
            Description = IsGiven(nameof(Description)) ? NullIfEmpty(Description) : connector.Description,
            Protocol = IsGiven(nameof(Protocol)) ? Protocol : connector.Protocol,
            ParameterEncoding = IsGiven(nameof(ParameterEncoding)) ? ParameterEncoding : connector.ParameterEncoding,
            KnownEncoding = IsGiven(nameof(ParameterEncoding)) ? ParameterEncoding.Auto : connector.KnownEncoding,
            Enabled = IsGiven(nameof(Disabled)) ? !Disabled : connector.Enabled,
            AllowUnencryptedAuthentication = IsGiven(nameof(AllowUnencryptedAuthentication)) ? AllowUnencryptedAuthentication : connector.AllowUnencryptedAuthentication,
            Timeout = IsGiven(nameof(TimeoutSeconds)) ? TimeSpan.FromSeconds(TimeoutSeconds) : connector.Timeout,
            Schedule = ScheduleBinding.Read(
                IsGiven(nameof(Schedule)) ? Schedule : null, IsGiven(nameof(At)) ? At : null, IsGiven(nameof(Every)) ? Every : null, connector.Schedule),
        };
        if (IsGiven(nameof(RunAsAccount)))
        {
            if (Credential is not null)
            {
                throw Error.ConnectorSettingsConflict(connector.Name, "-RunAsAccount names an account and -Credential makes one; give one of them.");
            }

            string? account = NullIfEmpty(RunAsAccount);
            if (account is not null && Store.FindAccount(account) is null)
            {
                throw Error.AccountNotFound(account, Store.GetAccounts().Select(a => a.Name));
            }

            connector = connector with { RunAsAccount = account };
        }

        return connector;
    }

    /// <summary>Tries a connector before it is written.</summary>
    /// <returns>The connector with the generation that answered.</returns>
    /// <exception cref="OrchestratorException">The connection's own error.</exception>
    private protected Connector Tested(Connector connector)
    {
        IStateStore store = Store;
        ConnectionTestResult result = Run($"Testing '{connector.Name}'", (pump, token) => TestAsync(connector, store, pump, token));
        if (result.Failure is { } failure)
        {
            throw failure;
        }

        foreach (ConnectionCheck check in result.Checks.Where(c => c.Outcome == CheckOutcome.Warning))
        {
            WriteWarning($"{check.Name}: {check.Detail} {check.Hint}");
        }

        return connector with { Protocol = result.Protocol };
    }

    /// <summary>Says where other connectors cover the same folders of the same server.</summary>
    private protected void WarnOfOverlap(Connector connector)
    {
        foreach (Connector other in Store.GetConnectors().Select(s => s.Connector))
        {
            bool isSameServer = Uri.Compare(other.ServiceUrl, connector.ServiceUrl, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
            if (isSameServer && other.Id != connector.Id && FolderPath.Overlap(other.Folder, connector.Folder))
            {
                WriteWarning($"The connector '{other.Name}' covers '{other.Folder}' of the same server, so that runbooks in '{connector.Folder}' will be in the library twice, once for each connector. If that is not wanted, give one of the two another folder with Set-OrchestratorConnector -Folder, or remove it.");
            }
        }
    }

    /// <summary>The account that -Credential makes or changes, of the connector's name.</summary>
    private protected RunAsAccount? AccountOf(string connector) => Credential is null ? null : new RunAsAccount
    {
        Name = connector,
        UserName = Credential.UserName,
        ProtectedPassword = StoredPassword.Protect(connector, Credential.GetNetworkCredential().Password, SecretProtector.For(Store.Location)),
    };

    private async Task<ConnectionTestResult> TestAsync(Connector connector, IStateStore store, PipelinePump pump, CancellationToken cancellationToken)
    {
        // A connector that is not written yet has no account either: the credential is tried as it was given.
        ConnectionFactory connections = Credential is null
            ? Connections(store, pump, cancellationToken)
            : new ConnectionFactory(_ => CredentialBinding.ToSource(Credential), (_, _) => { }, pump);
        return await connections.TestAsync(connector with { Id = 0 }, cancellationToken).ConfigureAwait(false);
    }

    private static Uri? Console(Uri? url) => url is null || url.OriginalString.Length == 0 ? null : ServiceAddress.ParseConsole(url.OriginalString);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
