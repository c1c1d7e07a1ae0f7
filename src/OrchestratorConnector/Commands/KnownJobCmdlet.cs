using System;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>A cmdlet that acts on jobs that exist: from the pipeline, or by id.</summary>
public abstract class KnownJobCmdlet : JobCmdlet
{
    private const string ByObject = "InputObject";
    private const string ById = "Id";

    /// <summary>The parameter set of the default.</summary>
    private protected const string DefaultSet = ByObject;

    /// <summary>
    /// The server's ids of the jobs. Of one that was not started here, -Connector says at which server it is; without it the
    /// error is JobNotKept.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OpenJobIdCompleter))]
    public Guid[]? Id { get; set; }

    /// <summary>The connector of jobs that were started elsewhere, by its name.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string? Connector { get; set; }

    /// <summary>Jobs as Start-SMRunbook, Invoke-SMRunbook and Get-SMRunbookJob give them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SMRunbookJob[]? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        foreach (Guid id in Id ?? [])
        {
            ForItem(() => ProcessKept(id, Connector));
        }

        foreach (SMRunbookJob job in InputObject ?? [])
        {
            ForItem(() => ProcessKept(job.Id ?? throw Error.JobOutcomeUnknown(job.Path, RequireConnector(job.Connector).Connector.ServiceUrl, null, false, new InvalidOperationException(job.Error)), job.Connector, job));
        }
    }

    /// <summary>Acts on one job.</summary>
    private protected abstract void ProcessJob(JobRecord job, Connector connector);

    private void ProcessKept(Guid id, string? connectorName, SMRunbookJob? shown = null)
    {
        JobRecord? kept = FindKept(Store, id);
        if (kept is null && connectorName is null)
        {
            throw Error.JobNotKept(id);
        }

        Connector connector = kept is not null ? ConnectorOf(kept) : RequireConnector(connectorName!).Connector;
        ProcessJob(
            kept ?? new JobRecord
            {
                ConnectorId = connector.Id,
                Connector = connector.Name,
                RunbookId = shown?.RunbookId ?? Guid.Empty,
                Runbook = shown?.Runbook ?? string.Empty,
                RunbookPath = shown?.Path ?? id.ToString(),
                JobId = id,
                RequestTime = shown?.CreationTime.ToUniversalTime() ?? DateTime.UtcNow,
            },
            connector);
    }

    /// <summary>The connector of a kept job, which may bear another name by now.</summary>
    private Connector ConnectorOf(JobRecord job) =>
        Store.GetConnectors().Select(c => c.Connector).FirstOrDefault(c => c.Id == job.ConnectorId) ?? throw Error.ConnectorNotFound(job.Connector, []);
}
