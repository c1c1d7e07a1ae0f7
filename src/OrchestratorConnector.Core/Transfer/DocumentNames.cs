namespace OrchestratorConnector.Transfer;

/// <summary>Names in a document that no property of the model bears.</summary>
internal static class DocumentNames
{
    public const string TimeoutSeconds = nameof(TimeoutSeconds);
    public const string Kind = nameof(Kind);
    public const string Daily = nameof(Daily);
    public const string Interval = nameof(Interval);
    public const string None = nameof(None);
    public const string Parameter = nameof(Parameter);
    public const string Property = nameof(Property);
    public const string Script = nameof(Script);
    public const string Value = nameof(Value);
}
