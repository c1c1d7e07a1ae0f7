using System.Management.Automation;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Makes error records of the core's errors: the same id and an honest category. What to do stands at the end of the message,
/// where every view and every log shows it; as a recommended action PowerShell 7 would print it a second time.
/// </summary>
internal static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this OrchestratorException error) => new(error, error.Id, CategoryOf(error.Kind), error.Target);

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        ErrorKind.AuthenticationFailed => ErrorCategory.AuthenticationError,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        ErrorKind.TimedOut => ErrorCategory.OperationTimeout,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.Security => ErrorCategory.SecurityError,
        ErrorKind.StoreFailed => ErrorCategory.ResourceUnavailable,
        ErrorKind.FileFailed => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };
}
