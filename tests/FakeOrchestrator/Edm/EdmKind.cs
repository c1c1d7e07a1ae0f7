namespace FakeOrchestrator;

/// <summary>The primitive types that the model uses.</summary>
internal enum EdmKind
{
    String,
    Guid,
    DateTime,
    Boolean,
    Int32,
}
