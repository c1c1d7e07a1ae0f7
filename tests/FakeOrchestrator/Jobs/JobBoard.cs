using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>
/// The jobs of a server: started by requests or from here, each going its way by a <see cref="JobScript"/>. Safe for many
/// threads. The rows that it hands out never change; what changes is which row is there.
/// </summary>
public sealed partial class JobBoard
{
    private readonly Lock _gate = new();
    private readonly SourceModel _model;
    private readonly TimeProvider _clock;
    private readonly Func<Quirks> _quirks;
    private readonly Dictionary<Guid, JobRun> _runs = [];
    private readonly List<JobRun> _inOrder = [];
    private readonly KeyedList<JobRun> _byKey = new();
    private readonly Dictionary<Guid, KeyedList<JobRun>> _byRunbook = [];
    private readonly HashSet<JobRun> _active = [];
    private readonly PriorityQueue<JobRun, DateTime> _due = new();
    private readonly Dictionary<Guid, InstanceRun> _instances = [];

    /// <summary>The instance of every parameter, activity instance and data row, by the id of the row.</summary>
    private readonly Dictionary<Guid, InstanceRun> _below = [];

    private readonly Dictionary<string, (long Version, object[] Rows)> _wholes = new(StringComparer.Ordinal);
    private long _version;
    private int _started;

    internal JobBoard(SourceModel model, TimeProvider clock, Func<Quirks> quirks)
    {
        _model = model;
        _clock = clock;
        _quirks = quirks;
    }

    /// <summary>How the jobs of a runbook go; asked once for each job, at its start. By default they end well, at the first read after the start.</summary>
    public Func<SourceRunbook, JobScript> Script { get; set; } = static _ => JobScript.Succeeds;

    /// <summary>All jobs as they are now, in the order of their start. To look at them here is no read (see <see cref="JobScript"/>).</summary>
    public IReadOnlyList<SourceJob> All
    {
        get
        {
            lock (_gate)
            {
                Settle();
                return [.. _inOrder.Select(run => run.Row)];
            }
        }
    }

    /// <summary>How many jobs were started by requests, of whatever became of the answer; those of <see cref="Add"/> are not counted.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>A job as it is now.</summary>
    public SourceJob? Find(Guid id)
    {
        lock (_gate)
        {
            Settle();
            return _runs.GetValueOrDefault(id)?.Row;
        }
    }

    /// <summary>The instances of a job, the oldest first; none while it is pending, more than one of a monitor's job alone.</summary>
    public IReadOnlyList<SourceInstance> InstancesOf(Guid jobId)
    {
        lock (_gate)
        {
            Settle();
            return [.. Known(jobId).Instances.Select(instance => instance.Row)];
        }
    }

    /// <summary>What went into an instance and came out of it.</summary>
    public IReadOnlyList<SourceInstanceParameter> ParametersOf(Guid instanceId)
    {
        lock (_gate)
        {
            Settle();
            return KnownInstance(instanceId).Parameters;
        }
    }

    /// <summary>The activities of an instance that ran or run, in that order.</summary>
    public IReadOnlyList<SourceActivityInstance> ActivityInstancesOf(Guid instanceId)
    {
        lock (_gate)
        {
            Settle();
            return [.. KnownInstance(instanceId).Steps];
        }
    }

    /// <summary>What an activity of an instance published.</summary>
    public IReadOnlyList<SourceActivityInstanceData> DataOf(Guid activityInstanceId)
    {
        lock (_gate)
        {
            Settle();
            return _below.TryGetValue(activityInstanceId, out InstanceRun? instance)
                ? [.. instance.Data.Where(row => row.ActivityInstanceId == activityInstanceId)]
                : throw new KeyNotFoundException($"The server has no activity instance with the id {activityInstanceId}.");
        }
    }

    /// <summary>Adds a job that was started elsewhere, and lets it go as far as its script does by now.</summary>
    /// <param name="runbook">The runbook; nothing is checked that a start by request checks.</param>
    /// <param name="inputs">Values by the names of parameters.</param>
    /// <param name="createdBy">Who started it, as it stands in the answers.</param>
    /// <param name="creationTime">When it was started, UTC; now by default.</param>
    /// <param name="script">How it goes; by default what <see cref="Script"/> says.</param>
    /// <param name="runbookServers">Names of runbook servers with commas between them.</param>
    /// <param name="parentId">The job that started it.</param>
    /// <param name="parentIsWaiting">Whether that one waits for it.</param>
    public SourceJob Add(
        SourceRunbook runbook,
        IReadOnlyDictionary<string, string>? inputs = null,
        string createdBy = "S-1-5-500",
        DateTime? creationTime = null,
        JobScript? script = null,
        string? runbookServers = null,
        Guid? parentId = null,
        bool? parentIsWaiting = null)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        lock (_gate)
        {
            JobRun run = Enter(runbook, inputs ?? new Dictionary<string, string>(), createdBy, creationTime ?? Now(), script, runbookServers, parentId, parentIsWaiting);
            Settle();
            return run.Row;
        }
    }

    /// <summary>Stops a job as somebody else would.</summary>
    /// <returns>Whether it was active.</returns>
    public bool Cancel(Guid id)
    {
        lock (_gate)
        {
            Settle();
            JobRun run = Known(id);
            if (!run.IsActive)
            {
                return false;
            }

            Stop(run, run.Row.LastModifiedBy);
            return true;
        }
    }

    /// <summary>Ends an active job now: as its script says, as another one says, or well if neither does.</summary>
    public SourceJob Finish(Guid id, JobScript? script = null)
    {
        lock (_gate)
        {
            Settle();
            JobRun run = Active(id);
            DateTime now = Now();
            if (run.Row.Status == SourceJobStatus.Pending)
            {
                Begin(run, now);
            }

            End(run, now, script ?? run.Script);
            return run.Row;
        }
    }

    /// <summary>Lets a monitor's job fire: the instance that is under way ends, and the next one begins (facts A.9).</summary>
    public SourceInstance NextInstance(Guid jobId)
    {
        lock (_gate)
        {
            Settle();
            JobRun run = Active(jobId);
            DateTime now = Now();
            if (run.Row.Status == SourceJobStatus.Pending)
            {
                Begin(run, now);
            }

            Complete(run, run.Instances[^1], now, run.Script);
            return Instantiate(run, now).Row;
        }
    }

    /// <summary>Forgets all jobs and the count of the started.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _runs.Clear();
            _inOrder.Clear();
            _byKey.Clear();
            _byRunbook.Clear();
            _active.Clear();
            _due.Clear();
            _instances.Clear();
            _below.Clear();
            _wholes.Clear();
            _started = 0;
            _version++;
        }
    }

    /// <summary>A start by request; the row returned is Pending, whatever the script says (facts A.8).</summary>
    internal SourceJob Start(SourceRunbook runbook, IReadOnlyDictionary<string, string> inputs, string createdBy, string? runbookServers)
    {
        lock (_gate)
        {
            JobRun run = Enter(runbook, inputs, createdBy, Now(), null, runbookServers, null, null);
            _ = Interlocked.Increment(ref _started);
            return run.Row;
        }
    }

    /// <summary>A stop by request: decides about the job as it is now, and stops it if nothing speaks against it.</summary>
    internal SourceJob Stop(Guid id, string user, Action<SourceJob> check)
    {
        lock (_gate)
        {
            Settle();
            JobRun run = Known(id);
            check(run.Row);
            Stop(run, user);
            return run.Row;
        }
    }

    private JobRun Known(Guid id)
    {
        return _runs.GetValueOrDefault(id) ?? throw new KeyNotFoundException($"The server has no job with the id {id}.");
    }

    private JobRun Active(Guid id)
    {
        JobRun run = Known(id);
        return run.IsActive ? run : throw new InvalidOperationException($"The job {id} is {run.Row.Status} already.");
    }

    private InstanceRun KnownInstance(Guid id)
    {
        return _instances.GetValueOrDefault(id) ?? throw new KeyNotFoundException($"The server has no runbook instance with the id {id}.");
    }

    /// <summary>The time of the clock, cut to the milliseconds that the database keeps.</summary>
    private DateTime Now()
    {
        DateTime now = _clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }
}
