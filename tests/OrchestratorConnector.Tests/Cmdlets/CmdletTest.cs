using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>A session with the module, a store of its own, and servers that are made when they are asked for.</summary>
public abstract class CmdletTest : IAsyncLifetime
{
    /// <summary>Where an error of a cmdlet comes from, as the second half of its full id.</summary>
    protected const string Commands = ",OrchestratorConnector.Commands.";

    private readonly string _folder = Directory.CreateTempSubdirectory("cmdlets-").FullName;
    private readonly List<FakeServer> _servers = [];

    protected CmdletTest()
    {
        StatePath = Path.Combine(_folder, "state.db");
        Shell = NewShell();
    }

    protected Shell Shell { get; }

    protected string StatePath { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Shell.Dispose();
        foreach (FakeServer server in _servers)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Another session, as in another process.</summary>
    protected static Shell NewShell()
    {
        Shell shell = new(typeof(Display).Assembly);
        shell.Formatter.Load(Path.Combine(Package.Repository.Root, "module", "OrchestratorConnector.Format.ps1xml"));
        return shell;
    }

    /// <summary>A file name beside the store.</summary>
    protected string Beside(string name) => Path.Combine(_folder, name);

    protected async Task<FakeServer> StartAsync(SourceModel? model = null, Action<FakeServerOptions>? configure = null)
    {
        FakeServerOptions options = new() { Model = model ?? SourceModel.Generate(60, seed: 3, folders: 8) };
        configure?.Invoke(options);
        FakeServer server = await FakeServer.StartAsync(options);
        _servers.Add(server);
        return server;
    }

    /// <summary>The address of a generation.</summary>
    protected static Uri UrlOf(FakeServer server, ConnectorProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(server);
        return protocol == ConnectorProtocol.Atom ? server.AtomUrl : server.BaseUrl;
    }

    /// <summary>Runs a line over the store of this test.</summary>
    protected ShellResult Run(string line, params (string Name, object? Value)[] variables)
        => Shell.Invoke(WithState(line), [.. variables, ("state", StatePath)]);

    /// <summary>Runs a line that has to succeed without a warning, and gives its output.</summary>
    protected IReadOnlyList<object?> Good(string line, params (string Name, object? Value)[] variables)
    {
        ShellResult result = Run(line, variables);
        AssertGood(result);
        Assert.Empty(result.Warnings);
        return result.Output;
    }

    /// <summary>The same for a line with one object of a known type.</summary>
    protected T One<T>(string line, params (string Name, object? Value)[] variables) => Assert.IsType<T>(Assert.Single(Good(line, variables)));

    /// <summary>The same for a line with objects of a known type.</summary>
    protected T[] Many<T>(string line, params (string Name, object? Value)[] variables) => [.. Good(line, variables).Cast<T>()];

    /// <summary>Starts a line on a thread of its own.</summary>
    protected RunningInvocation Begin(string line, params (string Name, object? Value)[] variables)
        => Shell.InvokeAsync(WithState(line), [.. variables, ("state", StatePath)]);

    protected static void AssertGood(ShellResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Assert.Null(result.TerminatingError?.ToString());
        Assert.Empty(result.Errors.Select(e => e.ToString()));
    }

    /// <summary>That a line ends with this error, and that the store is as before.</summary>
    protected ErrorRecord Refused(string errorId, string line, params (string Name, object? Value)[] variables)
    {
        string before = State();
        ShellResult result = Run(line, variables);

        ErrorRecord error = Assert.Single(result.Errors.Concat(result.TerminatingError is { } last ? [last] : []));
        Assert.Equal(errorId, error.FullyQualifiedErrorId);
        Assert.Empty(result.Output);
        Assert.Equal(before, State());
        return error;
    }

    /// <summary>Registers a connector without asking the server.</summary>
    protected void Register(string name, Uri url, string more = "")
        => Run($"New-OrchestratorConnector {name} {url} -SkipTest {more}");

    /// <summary>Everything that the store holds, for comparing.</summary>
    protected string State()
    {
        if (!File.Exists(StatePath))
        {
            return string.Empty;
        }

        using SqliteStateStore store = SqliteStateStore.Open(StatePath);
        IEnumerable<string> lines =
        [
            .. store.GetConnectors().Select(c => $"{c.Connector} {c.Status} {c.LastStartTime:o} {c.LastFinishTime:o} {c.PercentComplete} {c.RunbookCount} {c.LastError}"),
            .. store.GetAccounts().Select(a => $"{a} {Convert.ToHexString(a.ProtectedPassword ?? [])}"),
            .. store.GetHistory(_ => true, null).Select(r => r.ToString()),
        ];
        return (string.Join(Environment.NewLine, lines) + Environment.NewLine + Library()).Trim();
    }

    /// <summary>Everything that the library holds, for comparing.</summary>
    protected string Library()
    {
        using SqliteStateStore store = SqliteStateStore.Open(StatePath);
        return string.Join(
            Environment.NewLine,
            store.FindRunbooks(new RunbookQuery(), CancellationToken.None).Select(r => string.Create(
                CultureInfo.InvariantCulture,
                $"{r.Connector} {r.Status} {r.StatusReason} {r.LastSeenTime:o} {r.Runbook.Id} {r.Runbook.Path} {r.Runbook.Description} {r.Runbook.LastModifiedTime:o} {string.Join(',', (r.Runbook.Parameters ?? []).Select(p => $"{p.Id} {p} {p.Type} {p.Description}"))}")));
    }

    protected static PSCredential CredentialOf(string user, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        SecureString secure = new();
        foreach (char c in password)
        {
            secure.AppendChar(c);
        }

        return new PSCredential(user, secure);
    }

    /// <summary>The same line over the store of this test: the first command gets it, the pipeline carries it on.</summary>
    private static string WithState(string line)
    {
        string[] commands = line.Split(" | ");
        int first = Array.FindIndex(commands, c => char.IsLetter(c.TrimStart()[0]));
        if (!commands[first].Contains("-StatePath", StringComparison.Ordinal))
        {
            commands[first] += " -StatePath $state";
        }

        return string.Join(" | ", commands);
    }
}
