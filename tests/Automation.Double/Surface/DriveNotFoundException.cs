namespace System.Management.Automation;

public class SessionStateException : RuntimeException
{
    public SessionStateException()
    {
    }

    public SessionStateException(string message)
        : base(message)
    {
    }

    public SessionStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal SessionStateException(string message, string errorId, string itemName)
        : base(message, null, errorId, ErrorCategory.ObjectNotFound, itemName)
    {
        ItemName = itemName;
    }

    public string ItemName { get; } = string.Empty;
}

public class DriveNotFoundException : SessionStateException
{
    public DriveNotFoundException()
    {
    }

    public DriveNotFoundException(string message)
        : base(message)
    {
    }

    public DriveNotFoundException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal DriveNotFoundException(string message, string drive)
        : base(message, "DriveNotFound", drive)
    {
    }
}
