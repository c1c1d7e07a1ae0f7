namespace OrchestratorConnector.Model;

/// <summary>What differs about a parameter.</summary>
public enum ParameterChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It has another name under the same id.</summary>
    Name,

    /// <summary>It has another direction under the same id.</summary>
    Direction,

    /// <summary>It has another id under the same name.</summary>
    Id,

    /// <summary>Its data type.</summary>
    Type,

    /// <summary>Its description.</summary>
    Description,
}
