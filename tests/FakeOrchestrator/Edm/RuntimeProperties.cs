using System.Collections.Generic;
using static FakeOrchestrator.EdmBuilder;

namespace FakeOrchestrator;

/// <summary>The properties of what runs, in declared order (facts A.2). Both generations have them; that of the Web API is inferred (B.4).</summary>
internal static class RuntimeProperties
{
    internal static IReadOnlyList<EdmProperty> Activity { get; } =
    [
        Id<SourceActivity>("Id", row => row.Id),
        Id<SourceActivity>("RunbookId", row => row.RunbookId),
        Text<SourceActivity>("Name", row => row.Name),
        Text<SourceActivity>("TypeName", row => row.TypeName),
        Text<SourceActivity>("Description", row => row.Description, nullable: true),
        Time<SourceActivity>("CreationTime", row => row.CreationTime),
        Text<SourceActivity>("CreatedBy", row => row.CreatedBy),
        Time<SourceActivity>("LastModifiedTime", row => row.LastModifiedTime),
        Text<SourceActivity>("LastModifiedBy", row => row.LastModifiedBy),
        Flag<SourceActivity>("Enabled", row => row.Enabled),
        Number<SourceActivity>("PositionX", row => row.PositionX, nullable: true),
        Number<SourceActivity>("PositionY", row => row.PositionY, nullable: true),
    ];

    internal static IReadOnlyList<EdmProperty> Job { get; } =
    [
        Id<SourceJob>("Id", row => row.Id),
        Id<SourceJob>("RunbookId", row => row.RunbookId),
        Text<SourceJob>("Parameters", row => row.Parameters, nullable: true),
        Text<SourceJob>("RunbookServers", row => row.RunbookServers, nullable: true),
        Id<SourceJob>("RunbookServerId", row => row.RunbookServerId, nullable: true),
        Id<SourceJob>("ParentId", row => row.ParentId, nullable: true),
        Flag<SourceJob>("ParentIsWaiting", row => row.ParentIsWaiting, nullable: true),
        Text<SourceJob>("Status", row => row.Status, nullable: true),
        Text<SourceJob>("CreatedBy", row => row.CreatedBy),
        Time<SourceJob>("CreationTime", row => row.CreationTime),
        Text<SourceJob>("LastModifiedBy", row => row.LastModifiedBy),
        Time<SourceJob>("LastModifiedTime", row => row.LastModifiedTime),
    ];

    internal static IReadOnlyList<EdmProperty> Instance { get; } =
    [
        Id<SourceInstance>("Id", row => row.Id),
        Id<SourceInstance>("RunbookId", row => row.RunbookId),
        Id<SourceInstance>("JobId", row => row.JobId),
        Id<SourceInstance>("RunbookServerId", row => row.RunbookServerId),
        Text<SourceInstance>("Status", row => row.Status),
        Time<SourceInstance>("CreationTime", row => row.CreationTime),
        Time<SourceInstance>("CompletionTime", row => row.CompletionTime, nullable: true),
    ];

    internal static IReadOnlyList<EdmProperty> InstanceParameter { get; } =
    [
        Id<SourceInstanceParameter>("Id", row => row.Id),
        Id<SourceInstanceParameter>("RunbookInstanceId", row => row.RunbookInstanceId),
        Id<SourceInstanceParameter>("RunbookParameterId", row => row.RunbookParameterId),
        Text<SourceInstanceParameter>("Name", row => row.Name),
        Text<SourceInstanceParameter>("Value", row => row.Value),
        Number<SourceInstanceParameter>("GroupId", row => row.GroupId, nullable: true),
        Text<SourceInstanceParameter>("Direction", row => row.Direction),
    ];

    internal static IReadOnlyList<EdmProperty> ActivityInstance { get; } =
    [
        Id<SourceActivityInstance>("Id", row => row.Id),
        Id<SourceActivityInstance>("RunbookInstanceId", row => row.RunbookInstanceId),
        Id<SourceActivityInstance>("ActivityId", row => row.ActivityId),
        Number<SourceActivityInstance>("SequenceNumber", row => row.SequenceNumber),
        Text<SourceActivityInstance>("Status", row => row.Status, nullable: true),
        Time<SourceActivityInstance>("StartTime", row => row.StartTime),
        Time<SourceActivityInstance>("EndTime", row => row.EndTime, nullable: true),
    ];

    internal static IReadOnlyList<EdmProperty> ActivityInstanceData { get; } =
    [
        Id<SourceActivityInstanceData>("Id", row => row.Id),
        Id<SourceActivityInstanceData>("ActivityInstanceId", row => row.ActivityInstanceId),
        Text<SourceActivityInstanceData>("Name", row => row.Name),
        Text<SourceActivityInstanceData>("Value", row => row.Value, nullable: true),
        Number<SourceActivityInstanceData>("GroupId", row => row.GroupId, nullable: true),
    ];
}
