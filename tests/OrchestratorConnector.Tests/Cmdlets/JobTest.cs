using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>A session whose connector <c>Berlin</c> has runbooks to run. Their jobs end well at the first look.</summary>
public abstract class JobTest : CmdletTest
{
    protected const string Start = Commands + "StartSMRunbookCommand";
    protected const string Invoke = Commands + "InvokeSMRunbookCommand";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private FakeServer? _server;

    public static TheoryData<ConnectorProtocol> Protocols => [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];

    protected FakeServer Server => _server ?? throw new InvalidOperationException("Nothing is prepared.");

    protected SourceModel Source => Server.Model;

    protected JobBoard Board => Server.Jobs;

    /// <summary>The requests that start jobs, or stop them.</summary>
    protected IReadOnlyList<RecordedRequest> Writes => [.. Server.Requests.Where(r => r.Method != "GET")];

    /// <summary>A connector with <c>Reset</c> (two inputs, one output), <c>Echo</c>, <c>Plain</c> and the monitor <c>Watch</c>, and what a test needs besides.</summary>
    protected async Task PrepareAsync(ConnectorProtocol protocol = ConnectorProtocol.Atom, Action<SourceModel>? more = null, Action<FakeServerOptions>? configure = null)
    {
        SourceModel source = new();
        source.AddRunbook(@"\Jobs", "Reset", ("Computer Name", "In"), ("User", "In"), ("Result", "Out"));
        source.AddRunbook(@"\Jobs", "Echo", ("Text", "In"), ("Text", "Out"));
        source.AddRunbook(@"\Jobs", "Plain");
        SourceRunbook watch = source.AddRunbook(@"\Jobs", "Watch");
        source.Edit(watch.Id, r => r.IsMonitor = true);
        source.AddServer("RBS01");
        source.AddServer("rbs02");
        more?.Invoke(source);
        _server = await StartAsync(source, configure);
        Register("Berlin", UrlOf(Server, protocol), $"-Protocol {protocol} -WebConsoleUrl http://console:82/");
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));
        Server.ClearRequests();
    }

    /// <summary>A runbook of the source by its name.</summary>
    protected SourceRunbook Runbook(string name) => Source.Runbooks.Single(r => r.Name == name);

    /// <summary>A call over the store of this test.</summary>
    protected CommandBuilder Call(string cmdlet) => Shell.Command(cmdlet).With("StatePath", StatePath);

    /// <summary>The jobs among the output.</summary>
    protected static SMRunbookJob[] JobsOf(ShellResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Output.Select(JobOf)];
    }

    protected static SMRunbookJob JobOf(object? output) => Assert.IsType<SMRunbookJob>(output is PSObject wrapped ? wrapped.BaseObject : output);

    /// <summary>Runs a line that has to succeed, and gives the job that it returns.</summary>
    protected SMRunbookJob Job(string line, params (string Name, object? Value)[] variables) => JobOf(Assert.Single(Good(line, variables)));

    /// <summary>The same for several.</summary>
    protected SMRunbookJob[] ManyJobs(string line, params (string Name, object? Value)[] variables) => [.. Good(line, variables).Select(JobOf)];

    /// <summary>A property that was added to an object of the pipeline, or a property that it has.</summary>
    protected static object? Property(object? output, string name) => PSObject.AsPSObject(output!).Properties[name]?.Value;

    /// <summary>What a job at the server was started with.</summary>
    protected static string ValuesOf(SourceJob? job)
    {
        Assert.NotNull(job);
        return job.Parameters is null ? string.Empty : string.Join(";", XDocument.Parse(job.Parameters, LoadOptions.PreserveWhitespace).Root!.Elements()
            .Select(p => $"{p.Element("Name")!.Value}={p.Element("Value")!.Value}")
            .Order(StringComparer.Ordinal));
    }

    /// <summary>What the jobs at the server were started with, in the order of the text.</summary>
    protected string[] AllValues() => [.. Board.All.Select(ValuesOf).Order(StringComparer.Ordinal)];

    /// <summary>What is kept, newest first.</summary>
    protected IReadOnlyList<JobRecord> Kept(string? statePath = null)
    {
        using SqliteStateStore store = SqliteStateStore.Open(statePath ?? StatePath);
        return store.FindJobs(new JobQuery());
    }

    /// <summary>That a line ends with this error, that no job was started, and that none is kept.</summary>
    protected string RefusedToStart(string errorId, string line, params (string Name, object? Value)[] variables)
    {
        ErrorRecord error = Refused(errorId, line, variables);
        Assert.Equal(0, Board.Started);
        Assert.Empty(Writes);
        Assert.Empty(Kept());
        return error.Exception.Message;
    }

    /// <summary>The ids and messages of the errors that did not end a line.</summary>
    protected static string[] ErrorsOf(ShellResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Assert.Null(result.TerminatingError?.ToString());
        return [.. result.Errors.Select(e => $"{e.FullyQualifiedErrorId}: {e.Exception.Message}")];
    }

    /// <summary>The ids alone, without the cmdlet's name.</summary>
    protected static string[] ErrorIdsOf(ShellResult result) => [.. ErrorsOf(result).Select(e => e.Split(',')[0])];

    /// <summary>Completes with the first request from now on that fits, which goes its way.</summary>
    protected Task<RecordedRequest> Asked(Func<RecordedRequest, bool> fits)
    {
        TaskCompletionSource<RecordedRequest> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Faults.Add(Fault.Delay(TimeSpan.Zero).When(request =>
        {
            if (fits(request))
            {
                asked.TrySetResult(request);
            }

            return false;
        }));
        return asked.Task;
    }

    /// <summary>Whether a request looks at one job, and not at what hangs on it.</summary>
    protected static bool IsLook(RecordedRequest request, Guid? job = null) => Looked(request) is { } looked && (job is null || looked == job);

    /// <summary>The job that a request looks at.</summary>
    protected static Guid? Looked(RecordedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Match match = Regex.Match(Uri.UnescapeDataString(request.Path), @"/Jobs(\(guid'|/)([0-9a-f-]{36})('\))?$", RegexOptions.IgnoreCase);
        return request.Method == "GET" && match.Success ? Guid.Parse(match.Groups[2].Value) : null;
    }

    /// <summary>Completes when so many different jobs have been looked at from now on.</summary>
    protected Task<bool> LookedAt(int count)
    {
        TaskCompletionSource<bool> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HashSet<Guid> jobs = [];
        Server.Faults.Add(Fault.Delay(TimeSpan.Zero).When(request =>
        {
            lock (jobs)
            {
                if (Looked(request) is { } job && jobs.Add(job) && jobs.Count == count)
                {
                    all.SetResult(true);
                }
            }

            return false;
        }));
        return all.Task;
    }

    protected static bool IsStart(RecordedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Verb == "POST";
    }

    /// <summary>Waits for something that happens while a line runs; that the line ends first is a failure.</summary>
    protected static async Task<T> WhileAsync<T>(RunningInvocation run, Task<T> happening)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(happening);
        Task first = await Task.WhenAny(happening, run.Completion).WaitAsync(Patience);
        if (first != happening)
        {
            ShellResult result = await run.Completion;
            Assert.Fail($"The line ended too early: {result.TerminatingError} {string.Join(' ', result.Errors)}");
        }

        return await happening;
    }

    /// <summary>The end of a line, which comes within reason.</summary>
    protected static Task<ShellResult> EndOf(RunningInvocation run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Completion.WaitAsync(Patience);
    }

    /// <summary>Keeps an activity for Reset that takes the properties Server and Owner and is ready.</summary>
    protected void AddActivity(string name = "Clean up", string more = "-ReadyForAutomation")
        => Assert.Single(Good(
            $"New-SMRunbookActivity '{name}' Reset -Map $map -OutputMap $outputs {more}",
            ("map", new System.Collections.Hashtable { ["Computer Name"] = "Server", ["User"] = "Owner" }),
            ("outputs", new System.Collections.Hashtable { ["Result"] = "Outcome" })));
}
