using System.Collections.Generic;
using System.Globalization;

namespace System.Management.Automation;

public class ProgressRecord
{
    private string _activity;
    private string _statusDescription;
    private int _percentComplete = -1;
    private int _parentActivityId = -1;

    public ProgressRecord(int activityId, string activity, string statusDescription)
    {
        if (activityId < 0)
        {
            throw new PSArgumentOutOfRangeException(nameof(activityId), activityId, "Cannot process the argument because activityId cannot be a negative value.");
        }

        ActivityId = activityId;
        _activity = NotEmpty(activity, nameof(activity));
        _statusDescription = NotEmpty(statusDescription, nameof(statusDescription));
    }

    public string Activity
    {
        get => _activity;
        set => _activity = NotEmpty(value, nameof(value));
    }

    public int ActivityId { get; }

    public string? CurrentOperation { get; set; }

    public int ParentActivityId
    {
        get => _parentActivityId;
        set
        {
            if (value == ActivityId)
            {
                throw new PSArgumentException("ParentActivityId cannot be the same as the ActivityId.", nameof(value));
            }

            _parentActivityId = value;
        }
    }

    public int PercentComplete
    {
        get => _percentComplete;
        set
        {
            if (value > 100)
            {
                throw new PSArgumentOutOfRangeException(nameof(value), value, "Cannot set percent because PercentComplete cannot be greater than 100.");
            }

            _percentComplete = value;
        }
    }

    public ProgressRecordType RecordType { get; set; }

    public int SecondsRemaining { get; set; } = -1;

    public string StatusDescription
    {
        get => _statusDescription;
        set => _statusDescription = NotEmpty(value, nameof(value));
    }

    public override string ToString()
        => string.Format(
            CultureInfo.CurrentCulture,
            "parent = {0} id = {1} act = {2} stat = {3} cur = {4} pct = {5} sec = {6} type = {7}",
            ParentActivityId,
            ActivityId,
            Activity,
            StatusDescription,
            CurrentOperation,
            PercentComplete,
            SecondsRemaining,
            RecordType);

    private static string NotEmpty(string value, string name)
        => string.IsNullOrEmpty(value) ? throw new PSArgumentException("The value of argument \"" + name + "\" must not be empty.", name) : value;
}

public class InformationRecord
{
    public InformationRecord(object? messageData, string? source)
    {
        MessageData = messageData;
        Source = source;
        TimeGenerated = DateTime.Now;
    }

    public object? MessageData { get; }

    public string? Source { get; set; }

    public List<string> Tags { get; } = [];

    public DateTime TimeGenerated { get; set; }

    public override string ToString() => MessageData?.ToString() ?? string.Empty;
}
