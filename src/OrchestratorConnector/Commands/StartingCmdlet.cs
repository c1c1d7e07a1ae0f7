using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Commands;

/// <summary>
/// What Invoke- and Start-SMRunbook share: one runbook, or each that is piped in; its inputs by name; and one job for each
/// input object.
/// </summary>
public abstract class StartingCmdlet : JobCmdlet, IDynamicParameters
{
    private const string ByName = "Name";
    private const string ByPath = "Path";
    private const string ById = "Id";
    private const string BySMRunbook = "SMRunbook";

    private readonly Dictionary<string, ScriptBlock> _scripts = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<ActivityMapping> _map = [];
    private RuntimeDefinedParameterDictionary? _inputs;
    private RuntimeDefinedParameterDictionary? _untaken;
    private LibraryRunbook? _chosen;

    /// <summary>The parameter set of the default.</summary>
    private protected const string DefaultSet = ByName;

    /// <summary>
    /// The runbook's name, in any case. One that several runbooks bear is the error RunbookAmbiguous, which lists them: choose
    /// with -Path, -Id or -Connector.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string? Name { get; set; }

    /// <summary>The runbook's whole path, folders and name: \Folder\Name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookPathCompleter))]
    public string? Path { get; set; }

    /// <summary>The runbook's id at the server.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ById)]
    [ArgumentCompleter(typeof(RunbookIdCompleter))]
    public Guid? Id { get; set; }

    /// <summary>Runbooks as Get-SMRunbook gives them: one job each.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySMRunbook, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SMRunbook? SMRunbook { get; set; }

    /// <summary>The connector, where several have a runbook of the name.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ById)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string? Connector { get; set; }

    /// <summary>
    /// Objects to start a job for, one each. Their properties fill the inputs of the same name, unless -Parameter, a named
    /// input or -Map does. A property ComputerName fills the input 'Computer Name' too.
    /// </summary>
    [Parameter(ParameterSetName = ByName, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByPath, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ById, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// The inputs by name, in any case: @{ 'Computer Name' = 'web01' }. A name that the runbook does not have is the error
    /// ParameterUnknown.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Parameter { get; set; }

    /// <summary>
    /// Where inputs come from: the name of a property of the input object, or a script block that is given it as $_: @{
    /// 'Computer Name' = 'Host'; User = { $_.Owner.Name } }.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Map { get; set; }

    /// <summary>What stands between the elements of an array; without it, each element has a line.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyString]
    public string Separator { get; set; } = ValueText.DefaultSeparator;

    /// <summary>
    /// Send SecureString values, and the passwords of PSCredential values, as the plain text that the server keeps, for
    /// everybody who may read the runbook there. They are neither stored nor logged here. Without it such a value is the error
    /// SecretNotAllowed.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowPlainTextSecret { get; set; }

    /// <summary>
    /// The names of the runbook servers that may run it, the first one first. The server chooses without it. A name that the
    /// server does not know is the error RunbookServerUnknown, before anything is started.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookServerCompleter))]
    public string[] RunbookServer { get; set; } = [];

    /// <summary>How many jobs are under way at once; further objects of the pipeline wait.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// Also a runbook that is missing, and one more job of a monitor that runs already. An invalid runbook is never started.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override int Limit => ThrottleLimit;

    /// <summary>Whether the end of the job is waited for.</summary>
    private protected abstract bool IsAwaited { get; }

    /// <summary>
    /// The inputs of the runbook, once it is named. Asked for by the shell before anything else, and while somebody presses Tab:
    /// whatever is wrong is said when the cmdlet runs.
    /// </summary>
    public object? GetDynamicParameters()
    {
        _inputs = null;
        _untaken = null;
        if (SMRunbook is null && Name is null && Path is null && Id is null)
        {
            return null;
        }

        try
        {
            using IStateStore? store = Glance();
            if (store is not null)
            {
                LibraryRunbook runbook = SMRunbook is not null
                    ? RunbookChoice.Require(store, SMRunbook, CancellationToken.None)
                    : RunbookChoice.Require(store, Name, Path, Id, Connector, CancellationToken.None);
                bool isMandatory = JobInputs.DemandsAll(runbook) && Parameter is null && Map is null && InputObject is null && MyInvocation?.ExpectingInput != true;
                return _inputs = RunbookInputs.Define(runbook, GetType(), isMandatory);
            }
        }
        catch (Exception e) when (e is OrchestratorException or InvalidOperationException or RuntimeException or System.IO.IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Said below, by what the cmdlet meets itself.
        }

        return _untaken = RunbookInputs.Unknown();
    }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _map = InputMap.Read(Map);
        foreach (DictionaryEntry entry in Map ?? new Hashtable())
        {
            if ((entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value) is ScriptBlock script)
            {
                _scripts[entry.Key.ToString()!] = script;
            }
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessInput() => ForInput(() =>
    {
        LibraryRunbook runbook = SMRunbook is not null
            ? RunbookChoice.Require(Store, SMRunbook, StopToken)
            : _chosen ??= RunbookChoice.Require(Store, Name, Path, Id, Connector, StopToken);
        RunbookGate.Check(runbook, Force, IsAwaited);
        if (_untaken is not null && RunbookInputs.TypedNames(_untaken) is { Length: > 0 } typed)
        {
            // The store came by the pipeline, or the runbook was imported a moment ago.
            throw Error.InputNotTaken(runbook.Runbook.Path, typed);
        }

        if (_map.Count > 0 && InputObject is null)
        {
            throw Error.MapFailed(_map[0].Parameter, "there is no input object.", null);
        }

        JobOrder order = new()
        {
            Runbook = runbook,
            Parameters = JobInputs.Bind(runbook, Values(runbook)),
            RunbookServers = RunbookServer,
            Force = Force,
            IsAwaited = IsAwaited,
        };
        Connector connector = RequireConnector(runbook.Connector).Connector;
        string target = order.Parameters.Count == 0 ? runbook.Runbook.Path : $"{runbook.Runbook.Path} ({string.Join(", ", order.Parameters)})";
        if (!ShouldProcess(target, IsAwaited ? "Run runbook" : "Start runbook"))
        {
            return;
        }

        object? input = InputObject?.BaseObject is PSCustomObject ? InputObject : InputObject?.BaseObject;
        Begin(async (store, token) =>
        {
            JobSession session = await GetSessionAsync(store, connector, token).ConfigureAwait(false);
            JobRecord job = await StartAsync(session, order, token).ConfigureAwait(false);
            return await ContinueAsync(session, job, order, input, token).ConfigureAwait(false);
        });
    });

    /// <inheritdoc/>
    private protected override void ChangeStore() => _chosen = null;

    /// <summary>What follows the start of a job.</summary>
    private protected abstract Task<Action> ContinueAsync(JobSession session, JobRecord job, JobOrder order, object? input, CancellationToken cancellationToken);

    /// <summary>The values of one job: those given for all, then those that the map takes from the input object, then its properties.</summary>
    private List<GivenValue> Values(LibraryRunbook runbook)
    {
        ValueText text = new(Separator, AllowPlainTextSecret);
        List<GivenValue> values = [];
        foreach (DictionaryEntry entry in Parameter ?? new Hashtable())
        {
            values.Add(text.Of(entry.Key.ToString()!, entry.Value));
        }

        foreach (RuntimeDefinedParameter input in (_inputs?.Values ?? Enumerable.Empty<RuntimeDefinedParameter>()).Where(i => i.IsSet))
        {
            values.Add(text.Of(RunbookInputs.InputOf(input), input.Value));
        }

        if (InputObject is null)
        {
            return values;
        }

        HashSet<string> given = new(values.Select(v => v.Name), StringComparer.OrdinalIgnoreCase);
        foreach (ActivityMapping mapping in _map.Where(m => given.Add(m.Parameter)))
        {
            values.Add(text.Of(mapping.Parameter, InputMap.Evaluate(mapping, _scripts.TryGetValue(mapping.Parameter, out ScriptBlock? script) ? script : null, InputObject)));
        }

        foreach (string name in JobInputs.Of(runbook).Select(i => i.Name).Where(given.Add))
        {
            if (InputMap.TryGet(InputObject, name, out object? value) || InputMap.TryGet(InputObject, RunbookInputs.Typed(name), out value))
            {
                values.Add(text.Of(name, value));
            }
        }

        return values;
    }
}
