using System;

namespace FakeOrchestrator;

/// <summary>A job as it was at one moment: what becomes of it is another row with the same id (facts A.2, A.9).</summary>
public sealed class SourceJob : SourceEntity
{
    internal SourceJob(Guid id)
        : base(id)
    {
    }

    /// <summary>The runbook that it runs.</summary>
    public Guid RunbookId { get; internal init; }

    /// <summary>The input as it is read back: XML of <c>Data/Parameter/{Name, ID, Value}</c> (facts A.9); none without input.</summary>
    public string? Parameters { get; internal init; }

    /// <summary>Names of runbook servers with commas between them, as they were asked for.</summary>
    public string? RunbookServers { get; internal init; }

    /// <summary>The server that took it, none before.</summary>
    public Guid? RunbookServerId { get; internal init; }

    /// <summary>The job that started it, if one did.</summary>
    public Guid? ParentId { get; internal init; }

    /// <summary>Whether the job that started it waits for its end.</summary>
    public bool? ParentIsWaiting { get; internal init; }

    /// <summary>One of <see cref="SourceJobStatus"/>.</summary>
    public string Status { get; internal init; } = SourceJobStatus.Pending;

    /// <summary>SID or name of who started it.</summary>
    public string CreatedBy { get; internal init; } = "";

    /// <summary>When it was started, UTC.</summary>
    public DateTime CreationTime { get; internal init; }

    /// <summary>SID or name of who changed it last.</summary>
    public string LastModifiedBy { get; internal init; } = "";

    /// <summary>When it was changed last, UTC; the concurrency token. Every change moves it.</summary>
    public DateTime LastModifiedTime { get; internal init; }

    internal SourceJob Changed(string status, Guid? server, string by, DateTime at)
    {
        return new SourceJob(Id)
        {
            RunbookId = RunbookId,
            Parameters = Parameters,
            RunbookServers = RunbookServers,
            RunbookServerId = server,
            ParentId = ParentId,
            ParentIsWaiting = ParentIsWaiting,
            Status = status,
            CreatedBy = CreatedBy,
            CreationTime = CreationTime,
            LastModifiedBy = by,
            LastModifiedTime = at,
        };
    }
}
