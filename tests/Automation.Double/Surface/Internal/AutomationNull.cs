namespace System.Management.Automation.Internal;

/// <summary>What stands for no output at all, unlike null, which is an object of the pipeline.</summary>
public static class AutomationNull
{
    public static PSObject Value { get; } = new();
}
