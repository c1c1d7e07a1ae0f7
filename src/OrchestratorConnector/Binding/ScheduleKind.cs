namespace OrchestratorConnector.Binding;

/// <summary>The kinds of schedule that a connector can have.</summary>
public enum ScheduleKind
{
    /// <summary>Synchronized on demand only.</summary>
    None,

    /// <summary>Once a day at a local time.</summary>
    Daily,

    /// <summary>Again and again after a time.</summary>
    Interval,
}
