using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>A runbook with its parameters. Its settable properties are set inside <see cref="SourceModel.Edit"/>.</summary>
public sealed class SourceRunbook : SourceEntity
{
    internal SourceRunbook(Guid id)
        : base(id)
    {
    }

    /// <summary>The folder it lies in.</summary>
    public Guid FolderId { get; internal set => field = Open(value); }

    /// <summary>The name; the path follows it.</summary>
    public string Name { get; set => field = Open(value); } = "";

    /// <summary>The description, often none.</summary>
    public string? Description { get; set => field = Open(value); }

    /// <summary>SID of who created it. None is seen in the Web API alone (facts B.4); the Atom service, where it may not be null, then says S-1-5-500.</summary>
    public string? CreatedBy { get; set => field = Open(value); }

    /// <summary>When it was created, UTC.</summary>
    public DateTime CreationTime { get; set => field = Open(value); }

    /// <summary>SID of who changed it last.</summary>
    public string LastModifiedBy { get; set => field = Open(value); } = "";

    /// <summary>When it was changed last, UTC; the concurrency token.</summary>
    public DateTime LastModifiedTime { get; set => field = Open(value); }

    /// <summary>Whether it is a monitor runbook.</summary>
    public bool IsMonitor { get; set => field = Open(value); }

    /// <summary>Folder names and the runbook's name, with a leading backslash (facts A.4).</summary>
    public string Path { get; internal set => field = Open(value); } = "";

    /// <summary>SID of who has it checked out.</summary>
    public string? CheckedOutBy { get; set => field = Open(value); }

    /// <summary>Since when it is checked out, UTC.</summary>
    public DateTime? CheckedOutTime { get; set => field = Open(value); }

    /// <summary>Its contract, in the order of creation.</summary>
    public IReadOnlyList<SourceParameter> Parameters { get; internal set => field = Open(value); } = [];

    /// <summary>Names of its activities in the order in which they run, 1 to <see cref="SourceActivity.Most"/>; by default they follow from its id.</summary>
    public IReadOnlyList<string>? ActivityNames
    {
        get;
        set => field = Open(value is { Count: 0 or > SourceActivity.Most } ? throw new ArgumentOutOfRangeException(nameof(value)) : value);
    }

    internal SourceRunbook Copy()
    {
        return new SourceRunbook(Id)
        {
            FolderId = FolderId,
            Name = Name,
            Description = Description,
            CreatedBy = CreatedBy,
            CreationTime = CreationTime,
            LastModifiedBy = LastModifiedBy,
            LastModifiedTime = LastModifiedTime,
            IsMonitor = IsMonitor,
            Path = Path,
            CheckedOutBy = CheckedOutBy,
            CheckedOutTime = CheckedOutTime,
            Parameters = Parameters,
            ActivityNames = ActivityNames,
        };
    }
}
