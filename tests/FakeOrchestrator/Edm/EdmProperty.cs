using System;

namespace FakeOrchestrator;

/// <summary>A property of an entity type, with the way to its value.</summary>
internal sealed record EdmProperty(string Name, EdmKind Kind, bool Nullable, Func<object, object?> Get);
