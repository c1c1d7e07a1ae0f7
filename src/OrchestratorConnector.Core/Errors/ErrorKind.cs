namespace OrchestratorConnector.Errors;

/// <summary>What sort of failure an error is; the cmdlets make an honest category of it.</summary>
public enum ErrorKind
{
    /// <summary>Something given by name or id does not exist.</summary>
    NotFound,

    /// <summary>Something of that name exists already.</summary>
    AlreadyExists,

    /// <summary>What was given cannot be used.</summary>
    InvalidArgument,

    /// <summary>It cannot be done in the present state.</summary>
    InvalidOperation,

    /// <summary>The server does not accept the credentials.</summary>
    AuthenticationFailed,

    /// <summary>The identity is known and has no right.</summary>
    PermissionDenied,

    /// <summary>The server cannot be reached, or the connection broke.</summary>
    ConnectionFailed,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Somebody else has it.</summary>
    Busy,

    /// <summary>What came back, or what is stored, is not what it should be.</summary>
    InvalidData,

    /// <summary>Refused to protect a secret.</summary>
    Security,

    /// <summary>The store cannot be read or written.</summary>
    StoreFailed,

    /// <summary>A file cannot be read or written.</summary>
    FileFailed,
}
