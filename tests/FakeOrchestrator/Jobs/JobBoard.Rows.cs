using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>The board's rows as the generations list them: by index wherever a key is known, always in the order of the keys.</summary>
public sealed partial class JobBoard
{
    internal object[] Jobs()
    {
        return Read(() => Rows(_byKey.Items));
    }

    internal object? Job(Guid id)
    {
        return Read(() => _runs.GetValueOrDefault(id)?.Row);
    }

    internal object[] JobsOf(Guid runbookId)
    {
        return Read(() => _byRunbook.TryGetValue(runbookId, out KeyedList<JobRun>? runs) ? Rows(runs.Items) : []);
    }

    /// <summary>The jobs that are pending or running.</summary>
    internal object[] ActiveJobs()
    {
        return Read(() => KeyOrder.Sorted(_active.Select(run => run.Row)));
    }

    /// <summary>The jobs as they are when a read that may show them begins.</summary>
    internal object[] Refreshed(object[] jobs)
    {
        return Array.Exists(jobs, IsActive) ? Read(() => Array.ConvertAll(jobs, Advanced)) : jobs;
    }

    /// <summary>These jobs stand in an answer.</summary>
    internal void Shown(IReadOnlyList<object> jobs)
    {
        lock (_gate)
        {
            for (int i = 0; i < jobs.Count; i++)
            {
                if (IsActive(jobs[i]) && _runs.TryGetValue(((SourceJob)jobs[i]).Id, out JobRun? run))
                {
                    run.Shown++;
                }
            }
        }
    }

    /// <summary>One job stands in an answer: refreshed and shown at once, so that reads at the same time are counted one by one.</summary>
    internal object Seen(object job)
    {
        lock (_gate)
        {
            Settle();
            job = Advanced(job);
            Shown([job]);
            return job;
        }
    }

    internal object[] Instances()
    {
        return Whole("RunbookInstances", static instance => [instance.Row]);
    }

    internal object? Instance(Guid id)
    {
        return Read(() => _instances.GetValueOrDefault(id)?.Row);
    }

    internal object[] InstancesOfJob(Guid jobId)
    {
        return Read(() => _runs.TryGetValue(jobId, out JobRun? run) ? KeyOrder.Sorted(run.Instances.Select(instance => instance.Row)) : []);
    }

    internal object[] InstancesOfRunbook(Guid runbookId)
    {
        return Read(() => KeyOrder.Sorted(InstanceRunsOf(runbookId).Select(instance => instance.Row)));
    }

    /// <summary>The instances that are under way.</summary>
    internal object[] ActiveInstances()
    {
        return Read(() => KeyOrder.Sorted(_active.SelectMany(run => run.Instances).Select(instance => instance.Row)));
    }

    internal object[] InstanceParameters()
    {
        return Whole("RunbookInstanceParameters", static instance => instance.Parameters);
    }

    internal object? InstanceParameter(Guid id)
    {
        return Below(id, static instance => instance.Parameters);
    }

    internal object[] InstanceParametersOf(Guid instanceId)
    {
        return Read(() => _instances.TryGetValue(instanceId, out InstanceRun? instance) ? instance.Parameters : []);
    }

    /// <summary>What became of one parameter of a runbook in all its instances.</summary>
    internal object[] InstanceParametersOfParameter(Guid runbookId, Guid parameterId)
    {
        return Read(() => KeyOrder.Sorted(InstanceRunsOf(runbookId).SelectMany(instance => instance.Parameters).Where(row => row.RunbookParameterId == parameterId)));
    }

    internal object[] ActivityInstances()
    {
        return Whole("ActivityInstances", static instance => instance.Steps);
    }

    internal object? ActivityInstance(Guid id)
    {
        return Below(id, static instance => instance.Steps);
    }

    internal object[] ActivityInstancesOfInstance(Guid instanceId)
    {
        return Read(() => _instances.TryGetValue(instanceId, out InstanceRun? instance) ? instance.StepsByKey ??= KeyOrder.Sorted(instance.Steps) : []);
    }

    internal object[] ActivityInstancesOfActivity(SourceActivity activity)
    {
        return Read(() => KeyOrder.Sorted(InstanceRunsOf(activity.RunbookId).SelectMany(instance => instance.Steps).Where(row => row.ActivityId == activity.Id)));
    }

    /// <summary>The latest run of each activity of an instance, in the order in which they ran.</summary>
    internal object[] LatestActivityInstancesOf(Guid instanceId)
    {
        return Read(() => _instances.TryGetValue(instanceId, out InstanceRun? instance)
            ? instance.Steps.GroupBy(step => step.ActivityId).Select(group => group.MaxBy(step => step.SequenceNumber)!).OrderBy(step => step.SequenceNumber).ToArray<object>()
            : []);
    }

    internal object[] ActivityInstanceData()
    {
        return Whole("ActivityInstanceData", static instance => instance.Data);
    }

    internal object? ActivityInstanceDatum(Guid id)
    {
        return Below(id, static instance => instance.Data);
    }

    internal object[] ActivityInstanceDataOf(Guid activityInstanceId)
    {
        return Read(() => _below.TryGetValue(activityInstanceId, out InstanceRun? instance)
            ? KeyOrder.Sorted(instance.Data.Where(row => row.ActivityInstanceId == activityInstanceId))
            : []);
    }

    private static bool IsActive(object job)
    {
        return ((SourceJob)job).Status is SourceJobStatus.Pending or SourceJobStatus.Running;
    }

    private static object[] Rows(IReadOnlyList<JobRun> runs)
    {
        object[] rows = new object[runs.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = runs[i].Row;
        }

        return rows;
    }

    private object Advanced(object job)
    {
        if (!IsActive(job) || !_runs.TryGetValue(((SourceJob)job).Id, out JobRun? run))
        {
            return job;
        }

        PassReads(run);
        return run.Row;
    }

    private IEnumerable<InstanceRun> InstanceRunsOf(Guid runbookId)
    {
        return _byRunbook.TryGetValue(runbookId, out KeyedList<JobRun>? runs) ? runs.Items.SelectMany(run => run.Instances) : [];
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            Settle();
            return read();
        }
    }

    private SourceEntity? Below(Guid id, Func<InstanceRun, IEnumerable<SourceEntity>> rows)
    {
        return Read(() => _below.TryGetValue(id, out InstanceRun? instance) ? rows(instance).FirstOrDefault(row => row.Id == id) : null);
    }

    /// <summary>A whole set, put together once as long as nothing changes.</summary>
    private object[] Whole(string set, Func<InstanceRun, IEnumerable<SourceEntity>> rows)
    {
        return Read(() =>
        {
            if (!_wholes.TryGetValue(set, out (long Version, object[] Rows) whole) || whole.Version != _version)
            {
                whole = (_version, KeyOrder.Sorted(_inOrder.SelectMany(run => run.Instances).SelectMany(rows)));
                _wholes[set] = whole;
            }

            return whole.Rows;
        });
    }
}
