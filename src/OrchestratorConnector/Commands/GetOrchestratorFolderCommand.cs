using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Gets the folders that a server shows to the account, for choosing one. Asks the server, not the store.</summary>
/// <example>
/// <code>Get-OrchestratorFolder Production -Recurse</code>
/// <para>Lists all folders of the server that the connector's account can see.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorFolder -ServiceUrl http://scorch02:81/</code>
/// <para>Lists the top folders of a server that need not be registered, as the current user.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OrchestratorFolder", DefaultParameterSetName = ByConnector)]
[OutputType(typeof(OrchestratorFolder))]
public sealed class GetOrchestratorFolderCommand : OrchestratorCmdlet
{
    private const string ByConnector = "Connector";
    private const string ByUrl = "ServiceUrl";

    /// <summary>The registered connector whose server is asked. Its own -Folder does not narrow what is shown.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByConnector, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Connector")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The service root of a server that need not be registered.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByUrl)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string ServiceUrl { get; set; } = string.Empty;

    /// <summary>User name and password to sign in with; the current user without it. They are not stored.</summary>
    [Parameter(ParameterSetName = ByUrl)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// Let a password go over plain HTTP when the server asks for Basic authentication. Whoever can listen on the network reads
    /// it then.
    /// </summary>
    [Parameter(ParameterSetName = ByUrl)]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>The folder whose subfolders are wanted. One that the account does not see is the error FolderNotFound.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string Path { get; set; } = FolderPath.Root;

    /// <summary>Everything below, not only the next level.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForItem(() =>
    {
        Connector connector = ParameterSetName == ByUrl
            ? new Connector { Name = ServiceUrl, ServiceUrl = ServiceAddress.Parse(ServiceUrl), AllowUnencryptedAuthentication = AllowUnencryptedAuthentication }
            : RequireConnector(Name).Connector;
        State.IStateStore? store = ParameterSetName == ByUrl ? null : Store;
        FolderTree tree = Run($"Reading the folders of '{connector.Name}'", (pump, token) => ReadAsync(connector, store, pump, token));
        string path = FolderPath.Normalize(Path);
        tree.Require(path, connector.ServiceUrl);
        int depth = path == FolderPath.Root ? 0 : path.Length;
        foreach (Folder folder in tree.ToList().Where(f => f.Path != FolderPath.Root && FolderPath.Contains(path, f.Path!)))
        {
            if (Recurse || folder.Path!.LastIndexOf('\\') == depth)
            {
                WriteObject(new OrchestratorFolder(folder, ParameterSetName == ByUrl ? null : connector.Name));
            }
        }
    });

    private async Task<FolderTree> ReadAsync(Connector connector, State.IStateStore? store, PipelinePump pump, CancellationToken cancellationToken)
    {
        ConnectionFactory connections = store is null
            ? new ConnectionFactory(_ => CredentialBinding.ToSource(Credential), (_, _) => { }, pump)
            : Connections(store, pump, cancellationToken);
        using IOrchestratorClient client = await connections.OpenAsync(connector, cancellationToken).ConfigureAwait(false);
        ListSink<Folder> folders = new();
        await client.ReadFoldersAsync(folders, cancellationToken).ConfigureAwait(false);
        return new FolderTree(folders.Items);
    }
}
