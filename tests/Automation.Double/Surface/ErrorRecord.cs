namespace System.Management.Automation;

public class ErrorRecord
{
    private readonly string _errorId;

    public ErrorRecord(Exception exception, string errorId, ErrorCategory errorCategory, object? targetObject)
    {
        if (exception is null)
        {
            throw new PSArgumentNullException(nameof(exception));
        }

        _errorId = errorId ?? string.Empty;
        Exception = exception;
        TargetObject = targetObject;
        CategoryInfo = new ErrorCategoryInfo(this, errorCategory);
    }

    public ErrorRecord(ErrorRecord errorRecord, Exception? replaceParentContainsErrorRecordException)
    {
        if (errorRecord is null)
        {
            throw new PSArgumentNullException(nameof(errorRecord));
        }

        _errorId = errorRecord._errorId;
        Exception = replaceParentContainsErrorRecordException ?? errorRecord.Exception;
        TargetObject = errorRecord.TargetObject;
        CategoryInfo = new ErrorCategoryInfo(this, errorRecord.CategoryInfo.Category);
        ErrorDetails = errorRecord.ErrorDetails;
        InvocationInfo = errorRecord.InvocationInfo;
    }

    public ErrorCategoryInfo CategoryInfo { get; }

    public ErrorDetails? ErrorDetails { get; set; }

    public Exception Exception { get; }

    /// <summary>The id, and once a cmdlet has written the record: <c>Id,Full.Type.Name.Of.The.Cmdlet</c>.</summary>
    public string FullyQualifiedErrorId
    {
        get
        {
            string? typeName = (InvocationInfo?.MyCommand as CmdletInfo)?.ImplementingType.FullName;
            return string.IsNullOrEmpty(typeName) || _errorId.Length == 0 ? _errorId + typeName : _errorId + "," + typeName;
        }
    }

    public InvocationInfo? InvocationInfo { get; private set; }

    public object? TargetObject { get; private set; }

    public override string ToString()
        => !string.IsNullOrEmpty(ErrorDetails?.Message) ? ErrorDetails.Message : Exception.Message;

    internal void SetInvocationInfo(InvocationInfo invocation) => InvocationInfo = invocation;

    internal void SetTargetObject(object? target) => TargetObject = target;
}

public class ErrorCategoryInfo
{
    private readonly ErrorRecord _errorRecord;
    private string? _activity;
    private string? _reason;
    private string? _targetName;
    private string? _targetType;

    internal ErrorCategoryInfo(ErrorRecord errorRecord, ErrorCategory category)
    {
        _errorRecord = errorRecord;
        Category = category;
    }

    public string Activity
    {
        get => _activity ?? _errorRecord.InvocationInfo?.MyCommand?.Name ?? string.Empty;
        set => _activity = value;
    }

    public ErrorCategory Category { get; }

    public string Reason
    {
        get => _reason ?? _errorRecord.Exception.GetType().Name;
        set => _reason = value;
    }

    public string TargetName
    {
        get => _targetName ?? _errorRecord.TargetObject?.ToString() ?? string.Empty;
        set => _targetName = value;
    }

    public string TargetType
    {
        get => _targetType ?? PSObject.Base(_errorRecord.TargetObject)?.GetType().Name ?? string.Empty;
        set => _targetType = value;
    }

    public string GetMessage()
        => Category + ": (" + Shorten(TargetName) + ":" + Shorten(TargetType) + ") [" + Shorten(Activity) + "], " + Reason;

    public override string ToString() => GetMessage();

    /// <summary>Cuts the middle out of long text, as the engine does in this one line.</summary>
    private static string Shorten(string text)
        => text.Length <= 40 ? text : text[..19] + "\u2026" + text[^19..];
}

public class ErrorDetails
{
    public ErrorDetails(string message)
    {
        Message = message;
    }

    public string Message { get; }

    public string? RecommendedAction { get; set; }

    public override string ToString() => Message;
}
