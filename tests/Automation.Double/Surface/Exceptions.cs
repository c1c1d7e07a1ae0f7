using System.Diagnostics.CodeAnalysis;

namespace System.Management.Automation;

/// <summary>An exception that carries its own error record.</summary>
public interface IContainsErrorRecord
{
    ErrorRecord ErrorRecord { get; }
}

public class RuntimeException : SystemException, IContainsErrorRecord
{
    private readonly string _errorId = "RuntimeException";
    private ErrorRecord? _errorRecord;

    public RuntimeException()
    {
    }

    public RuntimeException(string message)
        : base(message)
    {
    }

    public RuntimeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public RuntimeException(string message, Exception? innerException, ErrorRecord? errorRecord)
        : base(message, innerException)
    {
        _errorRecord = errorRecord;
    }

    internal RuntimeException(string message, Exception? innerException, string errorId, ErrorCategory category, object? target)
        : base(message, innerException)
    {
        _errorId = errorId;
        _errorRecord = new ErrorRecord(this, errorId, category, target);
    }

    public virtual ErrorRecord ErrorRecord => _errorRecord ??= new ErrorRecord(this, _errorId, ErrorCategory.NotSpecified, null);

    public bool WasThrownFromThrowStatement { get; set; }
}

public class ParameterBindingException : RuntimeException
{
    public ParameterBindingException()
    {
    }

    public ParameterBindingException(string message)
        : base(message)
    {
    }

    public ParameterBindingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal ParameterBindingException(string message, Exception? innerException, string errorId, ErrorCategory category, InvocationInfo invocation)
        : base(message, innerException, errorId, category, null)
    {
        ErrorId = errorId;
        CommandInvocation = invocation;
        ErrorRecord.SetInvocationInfo(invocation);
    }

    public InvocationInfo? CommandInvocation { get; }

    public string ErrorId { get; } = string.Empty;

    public string? ParameterName { get; internal set; }

    public Type? ParameterType { get; internal set; }

    public Type? TypeSpecified { get; internal set; }
}

/// <summary>A validation attribute refused a value, or a mandatory parameter was given nothing.</summary>
internal sealed class ParameterBindingValidationException : ParameterBindingException
{
    internal ParameterBindingValidationException(string message, Exception? innerException, string errorId, InvocationInfo invocation)
        : base(message, innerException, errorId, ErrorCategory.InvalidData, invocation)
    {
    }
}

/// <summary>A transformation attribute failed on a value.</summary>
internal sealed class ParameterBindingArgumentTransformationException : ParameterBindingException
{
    internal ParameterBindingArgumentTransformationException(string message, Exception innerException, string errorId, InvocationInfo invocation)
        : base(message, innerException, errorId, ErrorCategory.InvalidData, invocation)
    {
    }
}

public class CommandNotFoundException : RuntimeException
{
    public CommandNotFoundException()
    {
    }

    public CommandNotFoundException(string message)
        : base(message)
    {
    }

    public CommandNotFoundException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal CommandNotFoundException(string message, string commandName)
        : base(message, null, "CommandNotFoundException", ErrorCategory.ObjectNotFound, commandName)
    {
        CommandName = commandName;
    }

    public string? CommandName { get; set; }
}

/// <summary>What the caller of a pipeline sees of an exception that ended a cmdlet.</summary>
public class CmdletInvocationException : RuntimeException
{
    private readonly ErrorRecord? _errorRecord;

    public CmdletInvocationException()
    {
    }

    public CmdletInvocationException(string message)
        : base(message)
    {
    }

    public CmdletInvocationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal CmdletInvocationException(ErrorRecord errorRecord)
        : base(errorRecord.ToString(), errorRecord.Exception)
    {
        _errorRecord = errorRecord;
    }

    /// <summary>Wraps what a cmdlet let escape: its own record if it carries one, else one named after its type.</summary>
    internal CmdletInvocationException(Exception innerException, InvocationInfo invocation)
        : base(innerException.Message, innerException)
    {
        _errorRecord = innerException is IContainsErrorRecord carrier
            ? new ErrorRecord(carrier.ErrorRecord, innerException)
            : new ErrorRecord(innerException, innerException.GetType().FullName!, ErrorCategory.NotSpecified, null);
        _errorRecord.SetInvocationInfo(invocation);
    }

    public override ErrorRecord ErrorRecord => _errorRecord ?? base.ErrorRecord;
}

/// <summary>The pipeline is over, for a reason that the one who catches this need not know.</summary>
public class PipelineStoppedException : RuntimeException
{
    public PipelineStoppedException()
        : base("The pipeline has been stopped.", null, "PipelineStopped", ErrorCategory.OperationStopped, null)
    {
    }

    public PipelineStoppedException(string message)
        : base(message, null, "PipelineStopped", ErrorCategory.OperationStopped, null)
    {
    }

    public PipelineStoppedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

public class ActionPreferenceStopException : RuntimeException
{
    private readonly ErrorRecord? _errorRecord;

    public ActionPreferenceStopException()
    {
    }

    public ActionPreferenceStopException(string message)
        : base(message)
    {
    }

    public ActionPreferenceStopException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Carries the error that was to stop the run, or one of its own where a mere message or an answer did.</summary>
    internal ActionPreferenceStopException(string message, InvocationInfo invocation, ErrorRecord? errorRecord)
        : base(message, errorRecord?.Exception)
    {
        _errorRecord = errorRecord ?? new ErrorRecord(this, "ActionPreferenceStop", ErrorCategory.OperationStopped, null);
        _errorRecord.SetInvocationInfo(invocation);
    }

    public override ErrorRecord ErrorRecord => _errorRecord ?? base.ErrorRecord;
}

[SuppressMessage("Design", "CA1064", Justification = "Mirrors the engine's.")]
public abstract class FlowControlException : SystemException
{
    internal FlowControlException()
    {
    }
}

/// <summary>A stage has all it wants: the stages before it stop, the ones after it finish.</summary>
internal sealed class StopUpstreamCommandsException : FlowControlException
{
    internal StopUpstreamCommandsException(Double.Stage requestingStage)
    {
        RequestingStage = requestingStage;
    }

    internal Double.Stage RequestingStage { get; }
}

public class PSInvalidOperationException : InvalidOperationException, IContainsErrorRecord
{
    private readonly string _errorId = "InvalidOperation";
    private ErrorRecord? _errorRecord;

    public PSInvalidOperationException()
    {
    }

    public PSInvalidOperationException(string message)
        : base(message)
    {
    }

    public PSInvalidOperationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal PSInvalidOperationException(string message, string errorId)
        : base(message)
    {
        _errorId = errorId;
    }

    public ErrorRecord ErrorRecord => _errorRecord ??= new ErrorRecord(this, _errorId, ErrorCategory.InvalidOperation, null);
}

public class PSArgumentException : ArgumentException, IContainsErrorRecord
{
    private ErrorRecord? _errorRecord;

    public PSArgumentException()
    {
    }

    public PSArgumentException(string message)
        : base(message)
    {
    }

    public PSArgumentException(string message, string paramName)
        : base(message, paramName)
    {
    }

    public PSArgumentException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public ErrorRecord ErrorRecord => _errorRecord ??= new ErrorRecord(this, "Argument", ErrorCategory.InvalidArgument, null);
}

public class PSArgumentNullException : ArgumentNullException, IContainsErrorRecord
{
    private ErrorRecord? _errorRecord;

    public PSArgumentNullException()
    {
    }

    public PSArgumentNullException(string paramName)
        : base(paramName)
    {
    }

    public PSArgumentNullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public PSArgumentNullException(string paramName, string message)
        : base(paramName, message)
    {
    }

    public ErrorRecord ErrorRecord => _errorRecord ??= new ErrorRecord(this, "ArgumentNull", ErrorCategory.InvalidArgument, null);
}

public class PSArgumentOutOfRangeException : ArgumentOutOfRangeException, IContainsErrorRecord
{
    private ErrorRecord? _errorRecord;

    public PSArgumentOutOfRangeException()
    {
    }

    public PSArgumentOutOfRangeException(string paramName)
        : base(paramName)
    {
    }

    public PSArgumentOutOfRangeException(string paramName, object? actualValue, string message)
        : base(paramName, actualValue, message)
    {
    }

    public PSArgumentOutOfRangeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public ErrorRecord ErrorRecord => _errorRecord ??= new ErrorRecord(this, "ArgumentOutOfRange", ErrorCategory.InvalidArgument, null);
}

public class PSInvalidCastException : InvalidCastException, IContainsErrorRecord
{
    private ErrorRecord? _errorRecord;

    public PSInvalidCastException()
    {
    }

    public PSInvalidCastException(string message)
        : base(message)
    {
    }

    public PSInvalidCastException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public ErrorRecord ErrorRecord => _errorRecord ??= new ErrorRecord(this, "InvalidCast", ErrorCategory.InvalidArgument, null);
}

/// <summary>A text is no script.</summary>
public class ParseException : RuntimeException
{
    public ParseException()
    {
    }

    public ParseException(string message)
        : base(message)
    {
    }

    public ParseException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal ParseException(string message, string errorId)
        : base(message, null, errorId, ErrorCategory.ParserError, null)
    {
    }
}

public class MetadataException : RuntimeException
{
    public MetadataException()
    {
    }

    public MetadataException(string message)
        : base(message)
    {
    }

    public MetadataException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal MetadataException(string message, string errorId)
        : base(message, null, errorId, ErrorCategory.MetadataError, null)
    {
    }
}

public class ValidationMetadataException : MetadataException
{
    public ValidationMetadataException()
    {
    }

    public ValidationMetadataException(string message)
        : base(message)
    {
    }

    public ValidationMetadataException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

public class ArgumentTransformationMetadataException : MetadataException
{
    public ArgumentTransformationMetadataException()
    {
    }

    public ArgumentTransformationMetadataException(string message)
        : base(message)
    {
    }

    public ArgumentTransformationMetadataException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
