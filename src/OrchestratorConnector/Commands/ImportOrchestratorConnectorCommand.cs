using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Files;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Output;
using OrchestratorConnector.Secrets;
using OrchestratorConnector.Transfer;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Makes connectors, Run As accounts and runbook activities as a file of Export-OrchestratorConnector has them. What is not here
/// is made, what is otherwise is changed, what the file does not name stays. Nothing is removed, no server is asked, and a second
/// import finds everything unchanged. A file with a mistake in it is refused as a whole; an item that cannot be imported is an
/// error, and the others are. An account that is here keeps its credential. A runbook activity finds its runbook by id, else by
/// path, in the library of its connector here; where that was never synchronized it is imported unchecked, and another import
/// after Sync-OrchestratorConnector puts it right. With -WhatIf it returns what it would do and writes nothing.
/// </summary>
/// <example>
/// <code>
/// Export-OrchestratorConnector connectors.json
/// Import-OrchestratorConnector connectors.json -WhatIf
/// </code>
/// <para>Shows what an import would change, without changing it.</para>
/// </example>
/// <example>
/// <code>
/// Export-OrchestratorConnector connectors.json
/// Import-OrchestratorConnector connectors.json -Name Test -ServiceUrl @{ Test = 'http://scorch02:81/api' } -WhatIf
/// </code>
/// <para>Of the whole file only the connector Test, at the address that it has in this environment.</para>
/// </example>
/// <example>
/// <code>
/// Set-OrchestratorConnector Production -RunAsAccount Runbooks -SkipTest
/// Export-OrchestratorConnector connectors.json -Name Production
/// $password = ConvertTo-SecureString 'example' -AsPlainText -Force
/// $credential = New-Object System.Management.Automation.PSCredential 'TEST\svc-orchestrator', $password
/// Import-OrchestratorConnector connectors.json -StatePath ./test.db -Credential @{ Runbooks = $credential } -Disabled
/// </code>
/// <para>Makes a store for another environment: with a password of its own, and everything disabled until somebody has looked at it.</para>
/// </example>
[Cmdlet(VerbsData.Import, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(ConnectorImportResult))]
public sealed class ImportOrchestratorConnectorCommand : OrchestratorCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>The file. Wildcards are refused: it is one file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file, where its name holds what would be a wildcard: every character is taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Only these connectors of the file, with their accounts and runbook activities; wildcards choose several.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>
    /// Credentials for accounts that are not here yet: @{ 'account' = Get-Credential }. The user name is the credential's. An
    /// account that is here keeps what it has; Set-OrchestratorRunAsAccount changes it.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Credential { get; set; }

    /// <summary>
    /// The service roots of this environment: @{ 'connector' = 'http://server:81' }. A connector without one gets the file's. One
    /// with another root than the file's finds its generation out anew, and does not get the file's web console.
    /// </summary>
    [Parameter]
    [Alias("Url", "Uri")]
    [ValidateNotNull]
    public IDictionary? ServiceUrl { get; set; }

    /// <summary>The web consoles of this environment: @{ 'connector' = 'http://server:82' }; an empty text for none.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? WebConsoleUrl { get; set; }

    /// <summary>
    /// Import everything disabled: no connector is synchronized without -Force, and no runbook activity is ready for automation,
    /// whatever the file says, also where they are here and enabled.
    /// </summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        string file = FilePath.Resolve(Path, LiteralPath, SessionState.Path);
        ConnectorDocument document = InputFile.Read(file, stream => ConnectorDocumentReader.Read(stream, file, WriteWarning));
        ImportOptions options = Options(document, file);
        List<Connector> wanted = Select(Name, document.Connectors, c => c.Name, (name, names) => Error.ImportNameUnknown(nameof(Name), name, "connector", file, names));
        ConnectorDocument part = document.Only(name => wanted.Exists(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)));
        foreach (ImportStep step in new ConnectorImport(Store, part, options, StopToken).Steps())
        {
            StopToken.ThrowIfCancellationRequested();
            Import(step);
        }
    }

    private void Import(ImportStep step)
    {
        ImportItem item = step.Item;
        if (step.IsNeeded)
        {
            string target = $"{item.Name} ({ToResult(item).Changes})";
            string operation = item.Action == ImportAction.Created ? $"Create {Word(item.Kind)}" : $"Change {Word(item.Kind)}";
            if (ShouldProcess($"Performing the operation \"{operation}\" on target \"{target}\".", $"{operation} {target}?", operation, out ShouldProcessReason reason))
            {
                item = Written(step);
            }
            else if (reason == ShouldProcessReason.WhatIf)
            {
                step.Assume();
            }
            else
            {
                item = item with { Action = ImportAction.Skipped };
            }
        }

        if (item.Failure is { } failure)
        {
            WriteError(failure.ToErrorRecord());
        }

        WriteObject(ToResult(item));
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf)
        ? whatIf is SwitchParameter { IsPresent: true } or true
        : GetVariableValue("WhatIfPreference") is SwitchParameter { IsPresent: true } or true;

    private ConnectorImportResult ToResult(ImportItem item) => new(item, IsWhatIf, Store.Location);

    private static ImportItem Written(ImportStep step)
    {
        try
        {
            step.Write();
            return step.Item;
        }
        catch (OrchestratorException e)
        {
            return step.Item.Fail(e);
        }
    }

    private static string Word(ImportItemKind kind) => kind switch
    {
        ImportItemKind.Account => "Run As account",
        ImportItemKind.Connector => "connector",
        _ => "runbook activity",
    };

    private ImportOptions Options(ConnectorDocument document, string file)
    {
        string[] connectors = [.. document.Connectors.Select(c => c.Name)];
        string[] accounts = [.. document.Accounts.Select(a => a.Name)];
        return new ImportOptions
        {
            ServiceUrls = Read(nameof(ServiceUrl), ServiceUrl, "connector", connectors, (_, url) => ServiceAddress.Parse(NamedValues.ToAddress(url))),
            WebConsoleUrls = Read(nameof(WebConsoleUrl), WebConsoleUrl, "connector", connectors, (_, url) => NamedValues.ToAddress(url) is { Length: > 0 } text ? ServiceAddress.ParseConsole(text) : null),
            Credentials = Read(nameof(Credential), Credential, "Run As account", accounts, ToCredential),
            Disabled = Disabled,
        };

        // A name that is mistyped would leave something with the other environment's setting.
        Dictionary<string, T> Read<T>(string parameter, IDictionary? table, string what, string[] names, Func<string, object?, T> read) => NamedValues.Read(table, (name, value) =>
            names.Contains(name, StringComparer.OrdinalIgnoreCase) ? read(name, value) : throw Error.ImportNameUnknown(parameter, name, what, file, names));
    }

    private ImportCredential ToCredential(string account, object? value) => value is PSCredential credential
        ? new ImportCredential(credential.UserName, () => StoredPassword.Protect(account, credential.GetNetworkCredential().Password, SecretProtector.For(Store.Location)))
        : throw Error.ImportCredentialInvalid(account, value?.GetType().Name ?? "null");
}
