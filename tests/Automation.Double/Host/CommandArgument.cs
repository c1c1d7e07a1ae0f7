namespace System.Management.Automation.Double;

/// <summary>
/// One argument of a call: <c>-Name</c> alone, <c>-Name:value</c>, or a value by itself, which the binder gives to the name before it
/// or to a position. <paramref name="Text"/> is a number as it was written, for a parameter that wants text.
/// </summary>
internal sealed record CommandArgument(string? Name, bool HasValue, object? Value, string? Text = null);
