using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>How jobs go from state to state. All of it runs under the board's lock.</summary>
public sealed partial class JobBoard
{
    private JobRun Enter(SourceRunbook runbook, IReadOnlyDictionary<string, string> inputs, string createdBy, DateTime created, JobScript? script, string? servers, Guid? parent, bool? parentIsWaiting)
    {
        script ??= Script(runbook);
                var row = new SourceJob(Guid.NewGuid())
        {
            RunbookId = runbook.Id,
            Parameters = ParameterDocument.Write(runbook, inputs),
            RunbookServers = servers,
            ParentId = parent,
            ParentIsWaiting = parentIsWaiting,
            CreatedBy = createdBy,
            CreationTime = created,
            LastModifiedBy = createdBy,
            LastModifiedTime = created,
        };
        var run = new JobRun(row, runbook, script, new Dictionary<string, string>(inputs, StringComparer.OrdinalIgnoreCase));
        _ = TurningPoint(run, script);
        _runs.Add(row.Id, run);
        _inOrder.Add(run);
        _byKey.Add(row.Id, run);
        if (!_byRunbook.TryGetValue(runbook.Id, out KeyedList<JobRun>? siblings))
        {
            _byRunbook.Add(runbook.Id, siblings = new KeyedList<JobRun>());
        }

        siblings.Add(row.Id, run);
        _ = _active.Add(run);
        if (script.PendingPolls <= 0)
        {
            _due.Enqueue(run, created + script.PendingTime);
        }

        _version++;
        return run;
    }

    /// <summary>Lets pass what time has brought.</summary>
    private void Settle()
    {
        DateTime now = Now();
        while (_due.TryPeek(out JobRun? run, out DateTime due) && due <= now)
        {
            _ = _due.Dequeue();
            Advance(run, now);
        }
    }

    /// <summary>Takes a job as far as reads and time allow, or puts it down for later.</summary>
    private void Advance(JobRun run, DateTime now)
    {
        if (run.Row.Status == SourceJobStatus.Pending && run.Passed >= run.Script.PendingPolls)
        {
            DateTime at = Later(run.Row.CreationTime + run.Script.PendingTime, run.ReadTime);
            if (at > now)
            {
                _due.Enqueue(run, at);
                return;
            }

            Begin(run, at);
        }

        if (run.Row.Status == SourceJobStatus.Running && !run.IsEndless && run.Passed >= run.Script.PendingPolls + run.Script.RunningPolls)
        {
            DateTime at = Later(run.Begun + run.Script.RunningTime, run.ReadTime);
            if (at > now)
            {
                _due.Enqueue(run, at);
            }
            else
            {
                End(run, at, run.Script);
            }
        }
    }

    /// <summary>Before a job is read: the reads that have shown it so far have passed.</summary>
    private void PassReads(JobRun run)
    {
        if (run.IsActive && run.Passed < run.Shown)
        {
            DateTime now = Now();
            run.Passed = run.Shown;
            run.ReadTime = now;
            Advance(run, now);
        }
    }

    private void Begin(JobRun run, DateTime at)
    {
        run.Begun = at;
        Change(run, SourceJobStatus.Running, ServerOf(run), run.Row.LastModifiedBy, at);
        _ = Instantiate(run, at);
    }

    private void End(JobRun run, DateTime at, JobScript script)
    {
        Complete(run, run.Instances[^1], at, script);
        Change(run, script.JobFails ? SourceJobStatus.Failed : SourceJobStatus.Completed, run.Row.RunbookServerId, run.Row.LastModifiedBy, at);
    }

    private void Stop(JobRun run, string user)
    {
        DateTime now = Now();
        if (run.Instances is [.., { Row.CompletionTime: null } instance])
        {
            string status = Spelled(_quirks().CanceledInstanceStatus);
            instance.Row = instance.Row.Ended(status, now);
            EndStep(run, instance, status, null, now);
        }

        Change(run, SourceJobStatus.Canceled, run.Row.RunbookServerId, user, now);
    }

    /// <summary>Every change moves the concurrency token, also within one tick of the clock.</summary>
    private void Change(JobRun run, string status, Guid? server, string by, DateTime at)
    {
        run.Row = run.Row.Changed(status, server, by, Later(at, run.Row.LastModifiedTime.AddMilliseconds(1)));
        if (!run.IsActive)
        {
            _ = _active.Remove(run);
        }

        _version++;
    }

    /// <summary>The first one asked for, as a runbook's primary server comes first; without servers in the source the zero guid.</summary>
    private Guid ServerOf(JobRun run)
    {
        IReadOnlyList<SourceServer> servers = _model.Servers;
        string? wanted = run.Row.RunbookServers?.Split(',')[0].Trim();
        SourceServer? found = servers.FirstOrDefault(server => string.Equals(server.Name, wanted, StringComparison.OrdinalIgnoreCase)) ?? (servers.Count > 0 ? servers[0] : null);
        return found?.Id ?? Guid.Empty;
    }

    /// <summary>A new instance: its inputs, the activities before the turning point done, that one under way.</summary>
    private InstanceRun Instantiate(JobRun run, DateTime at)
    {
        var instance = new InstanceRun(run, new SourceInstance(Guid.NewGuid())
        {
            RunbookId = run.Runbook.Id,
            JobId = run.Row.Id,
            RunbookServerId = run.Row.RunbookServerId ?? Guid.Empty,
            CreationTime = at,
        });
        _instances.Add(instance.Row.Id, instance);
        run.Instances.Add(instance);
        AddParameters(instance, "In", parameter => run.Inputs.GetValueOrDefault(parameter.Name, ""));
        int turn = TurningPoint(run, run.Script);
        for (int i = 0; i <= turn; i++)
        {
            BeginStep(run, instance, at);
            if (i < turn)
            {
                EndStep(run, instance, Spelled(SourceInstanceStatus.Success), null, at);
            }
        }

        _version++;
        return instance;
    }

    /// <summary>An instance ends: what is under way ends, the rest runs at once, and the outputs are there.</summary>
    private void Complete(JobRun run, InstanceRun instance, DateTime at, JobScript script)
    {
        // Another script than the job began with may name an activity that is done already, and that cannot fail any more.
        JobEnd end = script.JobFails ? JobEnd.Failure : script.End == JobEnd.Never ? JobEnd.Success : script.End;
        int turn = Math.Max(TurningPoint(run, script), instance.Steps.Count - 1);
        string? error = end == JobEnd.Success ? null : script.ErrorText ?? "The activity did not end well.";
        int count = run.Activities.Count;
        string status = Spelled(end switch { JobEnd.Warning => SourceInstanceStatus.Warning, JobEnd.Failure => SourceInstanceStatus.Failed, _ => SourceInstanceStatus.Success });
        for (int i = instance.Steps.Count - 1; i < count; i++)
        {
            if (i == instance.Steps.Count)
            {
                BeginStep(run, instance, at);
            }

            EndStep(run, instance, i == turn ? status : Spelled(SourceInstanceStatus.Success), i == turn ? error : null, at);
            if (i == turn && end == JobEnd.Failure)
            {
                break;
            }
        }

        instance.Row = instance.Row.Ended(status, at);
        if (end != JobEnd.Failure || _quirks().OutputsOfFailedInstances)
        {
            IReadOnlyDictionary<string, string> outputs = script.Outputs is { } make
                ? new Dictionary<string, string>(make(run.Row, run.Inputs), StringComparer.OrdinalIgnoreCase)
                : Echo(run);
            AddParameters(instance, "Out", parameter => outputs.GetValueOrDefault(parameter.Name, ""));
        }

        _version++;
    }

    /// <summary>An Out parameter gives back the In parameter of its name, or the one at its place.</summary>
    private static Dictionary<string, string> Echo(JobRun run)
    {
        SourceParameter[] inputs = [.. Of(run.Runbook, "In")];
        var outputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((int index, SourceParameter output) in Of(run.Runbook, "Out").Index())
        {
            SourceParameter? source = inputs.FirstOrDefault(input => string.Equals(input.Name, output.Name, StringComparison.OrdinalIgnoreCase)) ?? inputs.ElementAtOrDefault(index);
            outputs[output.Name] = source is null ? "" : run.Inputs.GetValueOrDefault(source.Name, "");
        }

        return outputs;
    }

    private void AddParameters(InstanceRun instance, string direction, Func<SourceParameter, string> value)
    {
        SourceInstanceParameter[] added =
        [
            .. Of(instance.Run.Runbook, direction).Select(parameter => new SourceInstanceParameter(Guid.NewGuid())
            {
                RunbookInstanceId = instance.Row.Id,
                RunbookParameterId = parameter.Id,
                Name = parameter.Name,
                Value = value(parameter),
                Direction = parameter.Direction,
            }),
        ];
        foreach (SourceInstanceParameter parameter in added)
        {
            _below.Add(parameter.Id, instance);
        }

        instance.Parameters = KeyOrder.Sorted(instance.Parameters.Concat(added));
    }

    private void BeginStep(JobRun run, InstanceRun instance, DateTime at)
    {
        SourceActivityInstance step = new SourceActivityInstance(Guid.NewGuid())
        {
            RunbookInstanceId = instance.Row.Id,
            ActivityId = run.Activities[instance.Steps.Count].Id,
            SequenceNumber = instance.Steps.Count + 1,
            Status = SourceInstanceStatus.InProgress,
            StartTime = at,
        };
        instance.Steps.Add(step);
        instance.StepsByKey = null;
        _below.Add(step.Id, instance);
    }

    /// <summary>The step that is under way ends and publishes its data. The names of the data were not seen (facts A.2).</summary>
    private void EndStep(JobRun run, InstanceRun instance, string status, string? error, DateTime at)
    {
        SourceActivityInstance step = instance.Steps[^1].Ended(status, at);
        instance.Steps[^1] = step;
        instance.StepsByKey = null;
        Publish(instance, step, "Activity name", run.Activities[instance.Steps.Count - 1].Name);
        Publish(instance, step, "Activity status", status);
        Publish(instance, step, _quirks().ErrorDataName, error);
    }

    private void Publish(InstanceRun instance, SourceActivityInstance step, string name, string? value)
    {
        SourceActivityInstanceData row = new SourceActivityInstanceData(Guid.NewGuid()) { ActivityInstanceId = step.Id, Name = name, Value = value };
        instance.Data.Add(row);
        _below.Add(row.Id, instance);
    }

    /// <summary>The activity that a script makes something of.</summary>
    private static int TurningPoint(JobRun run, JobScript script)
    {
        if (script.FailedActivity is not { } name)
        {
            return run.Runbook.IsMonitor ? 0 : run.Activities.Count / 2;
        }

        int index = run.Activities.ToList().FindIndex(activity => string.Equals(activity.Name, name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? index
            : throw new InvalidOperationException($"The runbook '{run.Runbook.Path}' has no activity '{name}' but {string.Join(", ", run.Activities.Select(activity => activity.Name))}; SourceRunbook.ActivityNames gives it others.");
    }

    private static IEnumerable<SourceParameter> Of(SourceRunbook runbook, string direction)
    {
        return runbook.Parameters.Where(parameter => string.Equals(parameter.Direction, direction, StringComparison.OrdinalIgnoreCase));
    }

    private string Spelled(string status)
    {
        return _quirks().CapitalInstanceStatus ? char.ToUpperInvariant(status[0]) + status[1..] : status;
    }

    private static DateTime Later(DateTime one, DateTime other)
    {
        return one > other ? one : other;
    }
}
