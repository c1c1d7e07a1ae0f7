using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Runs the runbook of an activity for each input object. The object is returned with the outputs, RunbookStatus, RunbookJobId
/// and RunbookError added. A runbook that failed fails the activity: a non-terminating error, and the object is returned all
/// the same.
/// </summary>
/// <remarks>
/// An activity that is not ready for automation, whose runbook is invalid, or that does not fit its runbook any more, says so
/// before anything is sent.
/// </remarks>
/// <example>
/// <code>[pscustomobject]@{ Server = 'web01'; Service = 'Spooler' } | Invoke-SMRunbookActivity Restart</code>
/// <para>
/// Runs the activity's runbook for an object and returns the object with the outputs and with RunbookStatus, RunbookJobId and
/// RunbookError.
/// </para>
/// </example>
/// <example>
/// <code>
/// $requests = 'web01', 'web02' | ForEach-Object { [pscustomobject]@{ Server = $_; Service = 'W32Time' } }
/// $requests | Invoke-SMRunbookActivity Restart -ThrottleLimit 2 -TimeoutSeconds 600 | Where-Object RunbookStatus -ne Success
/// </code>
/// <para>Runs it for several objects, two at once, and shows those for which it did not succeed.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "SMRunbookActivity", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class InvokeSMRunbookActivityCommand : JobCmdlet
{
    private const string StatusProperty = "RunbookStatus";
    private const string JobIdProperty = "RunbookJobId";
    private const string ErrorProperty = "RunbookError";

    private readonly ValueText _text = new(ValueText.DefaultSeparator, allowsSecrets: false);

    /// <summary>The activity's name, in any case.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ActivityNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// The objects: a service request, a row, anything with the properties that the activity maps. Each is one job.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How many jobs are under way at once; further objects of the pipeline wait.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>How long to wait for each job, in seconds; as long as it takes without it. The job itself goes on.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Stop a job that is not over when -TimeoutSeconds have passed.</summary>
    [Parameter]
    public SwitchParameter StopOnTimeout { get; set; }

    /// <summary>Also a runbook that is missing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override int Limit => ThrottleLimit;

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        // Nothing of it depends on the object: it ends the cmdlet.
        RunbookActivity activity = Activities.Require(Store, Name);
        if (!activity.ReadyForAutomation)
        {
            throw Error.ActivityNotReady(activity.Name);
        }

        LibraryRunbook runbook = Activities.FindRunbook(Store, activity) ?? throw Error.ActivityRunbookGone(activity.Name, activity.RunbookPath);
        RunbookGate.Check(runbook, Force, isAwaited: true);
        IReadOnlyList<string> mistakes = ActivityCheck.FindMistakes(activity, runbook.Runbook.Parameters ?? [], JobInputs.DemandsAll(runbook));
        if (mistakes.Count > 0)
        {
            throw Error.ActivityBroken(activity.Name, mistakes);
        }

        PSObject input = InputObject!;
        ForInput(() => Invoke(activity, runbook, input));
    }

    private void Invoke(RunbookActivity activity, LibraryRunbook runbook, PSObject input)
    {
        JobOrder order = new() { Runbook = runbook, Parameters = JobInputs.Bind(runbook, Values(activity, input)), Force = Force, IsAwaited = true };
        Connector connector = RequireConnector(runbook.Connector).Connector;
        if (!ShouldProcess($"{activity.Name}: {runbook.Runbook.Path} ({string.Join(", ", order.Parameters)})", "Invoke runbook activity"))
        {
            return;
        }

        JobWaitOptions options = new()
        {
            Timeout = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null,
            StopOnTimeout = StopOnTimeout,
            Seen = ShowProgress,
            Parameters = order.Parameters,
        };
        Begin(async (store, token) =>
        {
            JobRecord? job = null;
            try
            {
                JobSession session = await GetSessionAsync(store, connector, token).ConfigureAwait(false);
                job = await StartAsync(session, order, token).ConfigureAwait(false);
                return await AwaitAsync(session, job, options, (ended, failure) => Return(activity, input, ended, failure), token).ConfigureAwait(false);
            }
            catch (OrchestratorException e)
            {
                return () => Return(activity, input, job, e);
            }
        });
    }

    private void Return(RunbookActivity activity, PSObject input, JobRecord? job, OrchestratorException? failure)
    {
        if (job is not null)
        {
            foreach (KeyValuePair<string, string> mapped in activity.OutputMap)
            {
                KeyValuePair<string, string>[] output = [.. job.Outputs.Where(o => o.Key.Equals(mapped.Key, StringComparison.OrdinalIgnoreCase))];
                if (output.Length > 0)
                {
                    ForItem(() => Set(input, mapped.Value, output[0].Value));
                }
            }
        }

        ForItem(() => Set(input, StatusProperty, StatusOf(job, failure)));
        ForItem(() => Set(input, JobIdProperty, job?.JobId));
        ForItem(() => Set(input, ErrorProperty, failure?.Message));
        WriteObject(input);
        if (failure is not null)
        {
            WriteError(failure.ToErrorRecord());
        }
    }

    private static string StatusOf(JobRecord? job, OrchestratorException? failure) => (job, failure) switch
    {
        (_, { Id: nameof(Error.JobOutcomeUnknown) }) => nameof(JobStatus.Unknown),
        ({ IsOver: false }, _) => job.Status.ToString(),
        (_, not null) => nameof(InstanceStatus.Failed),
        _ => job!.InstanceStatus.ToString(),
    };

    private List<GivenValue> Values(RunbookActivity activity, PSObject input)
    {
        List<GivenValue> values = [];
        HashSet<string> given = new(StringComparer.OrdinalIgnoreCase);
        foreach (ActivityMapping mapping in activity.Map)
        {
            object? value;
            try
            {
                value = InputMap.Evaluate(mapping, null, input);
            }
            catch (OrchestratorException) when (HasDefault(mapping.Parameter))
            {
                // The object does not have it: that is what the default is for.
                continue;
            }

            if (value is null && HasDefault(mapping.Parameter))
            {
                continue;
            }

            values.Add(_text.Of(mapping.Parameter, value));
            given.Add(mapping.Parameter);
        }

        values.AddRange(activity.Defaults.Where(d => given.Add(d.Key)).Select(d => new GivenValue(d.Key, d.Value)));
        return values;

        bool HasDefault(string parameter) => activity.Defaults.Any(d => d.Key.Equals(parameter, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Sets a property of an object, or a key of a table, and adds it where there is none.</summary>
    /// <exception cref="OrchestratorException">OutputNotTaken.</exception>
    private static void Set(PSObject input, string name, object? value)
    {
        try
        {
            SetOrAdd(input, name, value);
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException or InvalidCastException or NotSupportedException)
        {
            throw Error.OutputNotTaken(name, (e.InnerException ?? e).Message, e);
        }
    }

    private static void SetOrAdd(PSObject input, string name, object? value)
    {
        if (input.BaseObject is IDictionary { IsReadOnly: false } table)
        {
            table[name] = value;
            return;
        }

        if (input.Properties[name] is { IsSettable: true } property)
        {
            property.Value = value;
            return;
        }

        if (input.Properties[name] is { IsInstance: true })
        {
            input.Properties.Remove(name);
        }

        input.Properties.Add(new PSNoteProperty(name, value));
    }
}
