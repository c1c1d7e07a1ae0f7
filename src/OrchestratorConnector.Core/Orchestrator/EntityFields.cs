using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// Makes model objects of an entity's properties, whichever format they came in. What the model cannot do without is an error
/// that names the entry; everything else may be absent.
/// </summary>
internal static class EntityFields
{
    public static Folder ToFolder(EntityReader entity, Uri url) => new()
    {
        Id = entity.RequiredGuid("Id", url),
        ParentId = entity.Guid("ParentId", url),
        // The root folder's name is empty; an Atom server may send it as null.
        Name = entity["Name"] ?? string.Empty,
        Path = entity["Path"] is { } path ? FolderPath.Normalize(path) : null,
    };

    // Asked for in the order in which the servers declare them: see EntityReader.
    [MethodImpl(Compile.AtOnce)]
    public static Runbook ToRunbook(EntityReader entity, Uri url, IReadOnlyList<RunbookParameter>? parameters) => new()
    {
        Id = entity.RequiredGuid("Id", url),
        FolderId = entity.Guid("FolderId", url) ?? Guid.Empty,
        Name = entity.Required("Name", url),
        Description = entity["Description"],
        CreatedBy = entity["CreatedBy"],
        CreationTime = entity.Time("CreationTime", url),
        LastModifiedBy = entity["LastModifiedBy"],
        LastModifiedTime = entity.Time("LastModifiedTime", url),
        IsMonitor = entity.Flag("IsMonitor", url),
        Path = entity.Required("Path", url),
        CheckedOutBy = entity["CheckedOutBy"],
        CheckedOutTime = entity.Time("CheckedOutTime", url),
        Parameters = parameters,
    };

    [MethodImpl(Compile.AtOnce)]
    public static OwnedParameter ToParameter(EntityReader entity, Uri url, Guid? owner = null) => new(
        owner ?? entity.RequiredGuid("RunbookId", url),
        new RunbookParameter
        {
            Id = entity.RequiredGuid("Id", url),
            Name = entity.Required("Name", url),
            Type = entity["Type"],
            Description = entity["Description"],
            Direction = entity["Direction"] switch
            {
                string d when d.Equals("In", StringComparison.OrdinalIgnoreCase) => ParameterDirection.In,
                string d when d.Equals("Out", StringComparison.OrdinalIgnoreCase) => ParameterDirection.Out,
                _ => throw Error.EntryIncomplete(url, entity.Describe(), "Direction"),
            },
        });

    public static RunbookServer ToRunbookServer(EntityReader entity, Uri url) =>
        new(entity.RequiredGuid("Id", url), entity.Required("Name", url));
}
