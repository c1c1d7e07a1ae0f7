namespace System.Management.Automation.Runspaces;

/// <summary>Here for its default, which a thread without a shell does not have.</summary>
public abstract class Runspace
{
    internal Runspace()
    {
    }

    public static Runspace? DefaultRunspace { get; set; }
}
