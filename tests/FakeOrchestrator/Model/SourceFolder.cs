using System;

namespace FakeOrchestrator;

/// <summary>A folder. The root has the zero guid, an empty name and no parent (facts A.4).</summary>
public sealed class SourceFolder : SourceEntity
{
    internal SourceFolder(Guid id)
        : base(id)
    {
    }

    /// <summary>The folder above, none for the root.</summary>
    public Guid? ParentId { get; internal set => field = Open(value); }

    /// <summary>The name, empty for the root.</summary>
    public string Name { get; internal set => field = Open(value); } = "";

    /// <summary>SID of who created it.</summary>
    public string CreatedBy { get; internal set => field = Open(value); } = "";

    /// <summary>When it was created, UTC.</summary>
    public DateTime CreationTime { get; internal set => field = Open(value); }

    /// <summary>SID of who changed it last.</summary>
    public string LastModifiedBy { get; internal set => field = Open(value); } = "";

    /// <summary>When it was changed last, UTC.</summary>
    public DateTime LastModifiedTime { get; internal set => field = Open(value); }

    /// <summary>The path with a leading backslash; a lone backslash for the root.</summary>
    public string Path { get; internal set => field = Open(value); } = SourceModel.RootPath;

    internal SourceFolder Copy()
    {
        return new SourceFolder(Id)
        {
            ParentId = ParentId,
            Name = Name,
            CreatedBy = CreatedBy,
            CreationTime = CreationTime,
            LastModifiedBy = LastModifiedBy,
            LastModifiedTime = LastModifiedTime,
            Path = Path,
        };
    }
}
