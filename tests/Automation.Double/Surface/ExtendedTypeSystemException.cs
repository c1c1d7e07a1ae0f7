namespace System.Management.Automation;

/// <summary>A property of an object could not be read or set.</summary>
public class ExtendedTypeSystemException : RuntimeException
{
    public ExtendedTypeSystemException()
    {
    }

    public ExtendedTypeSystemException(string message)
        : base(message)
    {
    }

    public ExtendedTypeSystemException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal ExtendedTypeSystemException(string message, Exception? innerException, string errorId)
        : base(message, innerException, errorId, ErrorCategory.NotSpecified, null)
    {
    }
}

public class GetValueException : ExtendedTypeSystemException
{
    public GetValueException()
    {
    }

    public GetValueException(string message)
        : base(message)
    {
    }

    public GetValueException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal GetValueException(string message, Exception? innerException, string errorId)
        : base(message, innerException, errorId)
    {
    }
}

/// <summary>The property itself threw.</summary>
public class GetValueInvocationException : GetValueException
{
    public GetValueInvocationException()
    {
    }

    public GetValueInvocationException(string message)
        : base(message)
    {
    }

    public GetValueInvocationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal GetValueInvocationException(string message, Exception? innerException, string errorId)
        : base(message, innerException, errorId)
    {
    }
}

public class SetValueException : ExtendedTypeSystemException
{
    public SetValueException()
    {
    }

    public SetValueException(string message)
        : base(message)
    {
    }

    public SetValueException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal SetValueException(string message, Exception? innerException, string errorId)
        : base(message, innerException, errorId)
    {
    }
}

/// <summary>The property itself threw, or did not take the value.</summary>
public class SetValueInvocationException : SetValueException
{
    public SetValueInvocationException()
    {
    }

    public SetValueInvocationException(string message)
        : base(message)
    {
    }

    public SetValueInvocationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal SetValueInvocationException(string message, Exception? innerException, string errorId)
        : base(message, innerException, errorId)
    {
    }
}
