using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.Sync;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A server with a few runbooks, the library that was made of them, and the jobs of both; server and product go by one clock.</summary>
internal sealed class JobLab : IAsyncDisposable
{
    private readonly List<JobSession> _sessions = [];
    private JobSession? _session;

    private JobLab(SyncLab lab, LeapingClock clock)
    {
        Lab = lab;
        Clock = clock;
    }

    public static TheoryData<ConnectorProtocol> Protocols => [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];

    public SyncLab Lab { get; }

    public LeapingClock Clock { get; }

    public FakeServer Server => Lab.Server;

    public SourceModel Model => Lab.Model;

    public JobBoard Board => Server.Jobs;

    public Quirks Quirks => Server.Quirks;

    public IStateStore Store => Lab.Store;

    public RecordingReporter Reporter => Lab.Reporter;

    /// <summary>The session that most tests use; a new one starts with the connector as it is stored then.</summary>
    public JobSession Session => _session ??= NewSession(NewClient());

    /// <summary>Two inputs, <c>Computer</c> and <c>User</c>, and one output, <c>Result</c>, that is Computer again.</summary>
    public LibraryRunbook Reset => Find("Reset");

    /// <summary>One input, <c>Text</c>, that comes out again under the same name.</summary>
    public LibraryRunbook Echo => Find("Echo");

    /// <summary>A monitor without parameters.</summary>
    public LibraryRunbook Watch => Find("Watch");

    /// <summary>No parameters at all.</summary>
    public LibraryRunbook Plain => Find("Plain");

    /// <summary>The one job that is kept.</summary>
    public JobRecord Kept => Assert.Single(Store.FindJobs(new JobQuery()));

    /// <summary>The requests that start jobs.</summary>
    public IReadOnlyList<RecordedRequest> Posts => [.. Server.Requests.Where(r => r.Verb == "POST")];

    public static async Task<JobLab> StartAsync(
        ConnectorProtocol protocol,
        JobScript? script = null,
        Func<Connector, Connector>? connector = null,
        Action<FakeServerOptions>? configure = null,
        ICredentialSource? credentials = null)
    {
        LeapingClock clock = new();
        SourceModel model = new();
        model.AddRunbook(@"\Jobs", "Reset", ("Computer", "In"), ("User", "In"), ("Result", "Out"));
        model.AddRunbook(@"\Jobs", "Echo", ("Text", "In"), ("Text", "Out"));
        model.AddRunbook(@"\Jobs", "Plain");
        SourceRunbook watch = model.AddRunbook(@"\Jobs", "Watch");
        model.Edit(watch.Id, r => r.IsMonitor = true);
        model.AddServer("RBS01");
        model.AddServer("rbs02");
        SyncLab lab = await SyncLab.StartAsync(protocol, model, connector, options =>
        {
            options.Clock = clock;
            configure?.Invoke(options);
        });
        if (credentials is not null)
        {
            lab.Credentials = credentials;
            lab.Options = lab.Options with { AllowUnencryptedAuthentication = true };
        }

        if (script is not null)
        {
            lab.Server.Jobs.Script = _ => script;
        }

        await lab.SyncedAsync();
        lab.Server.ClearRequests();
        return new JobLab(lab, clock);
    }

    public IOrchestratorClient NewClient(ExchangeOptions? options = null, Uri? url = null)
    {
        Connector connector = Lab.State.Connector;
        return Remote.Client(url ?? connector.ServiceUrl, connector.Protocol, options ?? Lab.Options, Reporter, Lab.Credentials);
    }

    public JobSession NewSession(IOrchestratorClient client)
    {
        JobSession session = new(Store, Lab.State.Connector, client, Reporter, Clock);
        _sessions.Add(session);
        return session;
    }

    /// <summary>Takes up a new session for <see cref="Session"/>, as another process would.</summary>
    public void Reopen(ExchangeOptions? options = null) => _session = NewSession(NewClient(options));

    public LibraryRunbook Find(string name) => Assert.Single(Lab.Library(), r => r.Runbook.Name == name);

    public static JobOrder Order(LibraryRunbook runbook, params (string Name, string Value)[] values) =>
        Order(runbook, [.. values.Select(v => new GivenValue(v.Name, v.Value))]);

    public static JobOrder Order(LibraryRunbook runbook, params GivenValue[] values) =>
        new() { Runbook = runbook, Parameters = JobInputs.Bind(runbook, values) };

    /// <summary>Two values of no interest.</summary>
    public JobOrder Any() => Order(Reset, ("Computer", "PC1"), ("User", "anna"));

    public Task<JobRecord> StartAsync(JobOrder order, CancellationToken cancellationToken = default) =>
        Session.Starter.StartAsync(order, cancellationToken).WaitAsync(Remote.Patience, CancellationToken.None);

    public Task<JobRecord> StartAsync() => StartAsync(Any());

    public Task<OrchestratorException> RefusedAsync(string id, JobOrder? order = null) => Remote.FailsAsync(id, Session.Starter.StartAsync(order ?? Any(), CancellationToken.None));

    public Task<JobRecord> WaitAsync(JobRecord job, JobWaitOptions? options = null, CancellationToken cancellationToken = default) =>
        Session.Watcher.WaitAsync(job, options ?? new JobWaitOptions(), cancellationToken).WaitAsync(Remote.Patience, CancellationToken.None);

    /// <summary>Starts a job and waits for its end.</summary>
    public async Task<JobRecord> RunAsync(JobOrder order) => await WaitAsync(await StartAsync(order), new JobWaitOptions { Parameters = order.Parameters });

    public Task<JobRecord> RunAsync() => RunAsync(Any());

    public static string? Output(JobRecord job, string name) => Assert.Single(job.Outputs, o => o.Key == name).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (JobSession session in _sessions)
        {
            session.Dispose();
        }

        await Lab.DisposeAsync();
    }
}
