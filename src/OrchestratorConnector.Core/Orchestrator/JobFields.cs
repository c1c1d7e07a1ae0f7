using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// Makes jobs, and what hangs on them, of an entity's properties, whichever format they came in. A state in a word that was
/// never seen is <c>Unknown</c> rather than an error: the job goes on whatever it is called.
/// </summary>
internal static class JobFields
{
    public static ServerJob ToJob(EntityReader entity, Uri url) => new()
    {
        Id = entity.RequiredGuid("Id", url),
        RunbookId = entity.Guid("RunbookId", url) ?? Guid.Empty,
        Status = ToJobStatus(entity["Status"]),
        RunbookServerId = entity.Guid("RunbookServerId", url) is { } server && server != Guid.Empty ? server : null,
        Parameters = JobParametersXml.Read(entity["Parameters"]),
        CreatedBy = entity["CreatedBy"],
        CreationTime = entity.Time("CreationTime", url),
        LastModifiedTime = entity.Time("LastModifiedTime", url),
    };

    public static RunbookInstance ToInstance(EntityReader entity, Uri url) => new()
    {
        Id = entity.RequiredGuid("Id", url),
        Status = ToInstanceStatus(entity["Status"]),
        RunbookServerId = entity.Guid("RunbookServerId", url) is { } server && server != Guid.Empty ? server : null,
        CreationTime = entity.Time("CreationTime", url),
        CompletionTime = entity.Time("CompletionTime", url),
    };

    public static InstanceParameter ToInstanceParameter(EntityReader entity, Uri url) => new(
        entity.Required("Name", url),
        string.Equals(entity["Direction"], "Out", StringComparison.OrdinalIgnoreCase) ? ParameterDirection.Out : ParameterDirection.In,
        entity["Value"] ?? string.Empty);

    public static ActivityInstance ToActivityInstance(EntityReader entity, Uri url) => new()
    {
        Id = entity.RequiredGuid("Id", url),
        ActivityId = entity.Guid("ActivityId", url) ?? Guid.Empty,
        SequenceNumber = int.TryParse(entity["SequenceNumber"], out int number) ? number : 0,
        Status = ToInstanceStatus(entity["Status"]),
        StartTime = entity.Time("StartTime", url),
        EndTime = entity.Time("EndTime", url),
    };

    public static ActivityValue ToActivityValue(EntityReader entity, Uri url) => new(entity["Name"] ?? string.Empty, entity["Value"]);

    /// <summary>The last run of several: a monitor has one for every event that it saw.</summary>
    public static RunbookInstance? Last(IEnumerable<RunbookInstance> instances) => instances.OrderBy(i => i.CreationTime).LastOrDefault();

    // "Cancelled" was seen in a module's own list only (facts A.9); it can mean nothing else.
    private static JobStatus ToJobStatus(string? text) => text?.ToUpperInvariant() switch
    {
        "PENDING" => JobStatus.Pending,
        "RUNNING" => JobStatus.Running,
        "COMPLETED" => JobStatus.Completed,
        "FAILED" => JobStatus.Failed,
        "CANCELED" or "CANCELLED" => JobStatus.Canceled,
        _ => JobStatus.Unknown,
    };

    private static InstanceStatus ToInstanceStatus(string? text) => text?.ToUpperInvariant() switch
    {
        "INPROGRESS" or "RUNNING" => InstanceStatus.InProgress,
        "SUCCESS" => InstanceStatus.Success,
        "WARNING" => InstanceStatus.Warning,
        "FAILED" => InstanceStatus.Failed,
        _ => InstanceStatus.Unknown,
    };
}
