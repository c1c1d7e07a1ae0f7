using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.Secrets;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Commands;

/// <summary>What every cmdlet of the module has: the store, Ctrl+C, and the core's errors as error records.</summary>
public abstract class OrchestratorCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan GlancePatience = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private IStateStore? _store;
    private string? _openedFor;
    private HashSet<string> _typed = [];

    /// <summary>
    /// The store: one file, with the connectors, the accounts, the library and the jobs. Without it the file that the
    /// environment variable ORCHESTRATOR_CONNECTOR_STATE names is used, else OrchestratorConnector/state.db in the user's local
    /// application data. It is made when it is first needed.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Whether a store as a whole is what the cmdlet is about, so that an object that tells its store tells enough.</summary>
    private protected virtual bool IsAboutStore => false;

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>
    /// The store, opened when it is first needed and closed with the cmdlet. For the pipeline thread: work that runs elsewhere
    /// is given the store.
    /// </summary>
    private protected IStateStore Store
    {
        get
        {
            if (_store is null || _openedFor != StatePath)
            {
                _store?.Dispose();
                _store = null;
                _store = SqliteStateStore.Open(StoreLocation(), new SqliteStoreOptions { CancellationToken = StopToken, SystemLog = SystemLog.OfThisMachine });
                _openedFor = StatePath;
            }

            return _store;
        }
    }

    /// <summary>
    /// Whether this cmdlet's verbose stream is on. -Debug alone does not turn it on here: the shell would ask at every line, and
    /// fail where it cannot ask.
    /// </summary>
    private protected bool IsVerbose => IsOn("Verbose");

    /// <summary>Whether this cmdlet's debug stream is on.</summary>
    private protected bool IsDebug => IsOn("Debug");

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _store?.Dispose();
        _store = null;
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        // What comes by the pipeline is bound later.
        _typed = [.. MyInvocation.BoundParameters.Keys];
        Guarded(Begin);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guarded(() =>
    {
        if (IsOnlyStoreBound)
        {
            // Without what the object is about, the cmdlet would mean everything in its store.
            WriteError(Error.InputObjectNotBound(MyInvocation.MyCommand.Name).ToErrorRecord());
            return;
        }

        Process();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guarded(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet ended at the same moment.
        }
    }

    /// <summary>Before the first input.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>For every input.</summary>
    private protected abstract void Process();

    /// <summary>After the last input.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>Whether an object of the pipeline brought along another store than the one that is open.</summary>
    private protected bool IsStoreChanging => _store is not null && _openedFor != StatePath;

    /// <summary>The full path of the store, whether there is one or not.</summary>
    private protected string StoreLocation() => StatePath is null ? StatePathResolver.Default() : StatePathResolver.Resolve(StatePath, SessionState.Path);

    /// <summary>The store for a look while somebody types: <see langword="null"/> where there is none, and without patience.</summary>
    private protected IStateStore? Glance()
    {
        string path = StoreLocation();
        return File.Exists(path) ? SqliteStateStore.Open(path, new SqliteStoreOptions { BusyTimeout = GlancePatience }) : null;
    }

    /// <summary>
    /// Writes down what the store does not know of by itself. A store that is not there, or cannot be written, is no reason for
    /// the cmdlet not to do its work.
    /// </summary>
    private protected void Record(ConnectorEvent entry)
    {
        try
        {
            if (File.Exists(StoreLocation()))
            {
                Store.AddEvent(entry);
            }
        }
        catch (OrchestratorException e)
        {
            Tell($"The event could not be written down: {e.Message}");
        }
    }

    /// <summary>Gives back what the cmdlet holds, however it ended.</summary>
    private protected virtual void Close()
    {
    }

    /// <summary>Ends work under way as Ctrl+C does.</summary>
    private protected void StopWork() => _stop.Cancel();

    /// <summary>Runs work that waits, on other threads, while this one serves it.</summary>
    /// <param name="activity">What is being done: "Testing 'Production'".</param>
    /// <param name="work">The work.</param>
    private protected T Run<T>(string activity, Func<PipelinePump, CancellationToken, Task<T>> work) =>
        NewPump().Run(new ProgressStep(activity, "waiting", null), _stop, work);

    /// <summary>The way from other threads to this one.</summary>
    private protected PipelinePump NewPump() => new(this, IsVerbose, IsDebug);

    /// <summary>Does something with the store that may take its time, while this thread shows that it does.</summary>
    private protected void Do(string activity, Action<IStateStore> work)
    {
        IStateStore store = Store;
        Run(activity, (_, _) =>
        {
            work(store);
            return Task.FromResult(true);
        });
    }

    /// <summary>Writes a line of the verbose stream, where that is on.</summary>
    private protected void Tell(string text)
    {
        if (IsVerbose)
        {
            WriteVerbose(text);
        }
    }

    /// <summary>Does something for one item among many: its error is written, the others go on.</summary>
    private protected void ForItem(Action action)
    {
        try
        {
            action();
        }
        catch (OrchestratorException e)
        {
            WriteError(e.ToErrorRecord());
        }
    }

    /// <summary>The connector of a name.</summary>
    /// <exception cref="OrchestratorException">ConnectorNotFound.</exception>
    private protected ConnectorState RequireConnector(string name) =>
        Store.FindConnector(name) ?? throw Error.ConnectorNotFound(name, Store.GetConnectors().Select(c => c.Connector.Name));

    /// <summary>The connectors that names choose.</summary>
    private protected List<ConnectorState> SelectConnectors(IEnumerable<string> names) =>
        Select(names, Store.GetConnectors(), c => c.Connector.Name, Error.ConnectorNotFound);

    /// <summary>The accounts that names choose.</summary>
    private protected List<RunAsAccount> SelectAccounts(IEnumerable<string> names) =>
        Select(names, Store.GetAccounts(), a => a.Name, Error.AccountNotFound);

    /// <summary>Whether a parameter was typed, and not brought along by an object of the pipeline.</summary>
    private protected bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>Does something for what was piped in, one of many, or for what was typed, which is all there is.</summary>
    private protected void ForInput(Action action)
    {
        if (MyInvocation.ExpectingInput)
        {
            ForItem(action);
        }
        else
        {
            action();
        }
    }

    /// <summary>What opens connections to the servers of stored connectors, for work inside <see cref="Run{T}"/>.</summary>
    private protected ConnectionFactory Connections(IStateStore store, PipelinePump pump, CancellationToken cancellationToken)
    {
        SecretVault vault = new(this, pump, cancellationToken);
        return new ConnectionFactory(CredentialsOf, Remember, pump);

        ICredentialSource CredentialsOf(Connector connector) => connector.RunAsAccount is { } account
            ? new AccountCredentialSource(store, account, SecretProtector.For(store.Location), vault)
            : new FixedCredentialSource(Identity.CurrentUser);

        void Remember(Connector connector, ConnectorProtocol protocol)
        {
            if (connector.Id != 0)
            {
                // Unless somebody gave the connector another address meanwhile.
                store.UpdateConnector(connector, c => c.ServiceUrl == connector.ServiceUrl ? c with { Protocol = protocol } : c);
            }
        }
    }

    /// <summary>
    /// What names choose, each once. A literal name that does not exist is an error, a wildcard that fits nothing is not.
    /// </summary>
    private protected List<T> Select<T>(
        IEnumerable<string> names, IReadOnlyList<T> all, Func<T, string> nameOf, Func<string, IEnumerable<string>, OrchestratorException> notFound)
    {
        List<T> selected = [];
        foreach (string name in names)
        {
            NamePattern pattern = NamePattern.Parse(name);
            List<T> fitting = all.Where(item => pattern.IsMatch(nameOf(item))).ToList();
            if (fitting.Count == 0 && pattern.Literal is { } literal)
            {
                WriteError(notFound(literal, all.Select(nameOf)).ToErrorRecord());
            }

            selected.AddRange(fitting.Where(item => !selected.Contains(item)));
        }

        return selected;
    }

    /// <summary>Whether an object of the pipeline told in which store it is, and nothing else that this cmdlet takes.</summary>
    private bool IsOnlyStoreBound => !IsAboutStore
        && MyInvocation.ExpectingInput
        && !IsTyped(nameof(StatePath))
        && MyInvocation.BoundParameters.ContainsKey(nameof(StatePath))
        && MyInvocation.BoundParameters.Keys.All(k => k == nameof(StatePath) || IsTyped(k));

    private bool IsOn(string stream) => MyInvocation.BoundParameters.TryGetValue(stream, out object? bound)
        ? bound is SwitchParameter { IsPresent: true } or true
        : GetVariableValue(stream + "Preference") is ActionPreference preference && preference != ActionPreference.SilentlyContinue && preference != ActionPreference.Ignore;

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (OrchestratorException e)
        {
            ThrowTerminatingError(e.ToErrorRecord());
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
