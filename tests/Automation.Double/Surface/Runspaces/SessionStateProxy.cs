namespace System.Management.Automation.Runspaces;

/// <summary>What a runspace shows of its session.</summary>
public class SessionStateProxy
{
    internal SessionStateProxy()
    {
    }

    public virtual PathIntrinsics Path => throw new PSInvalidOperationException("The double has no runspaces.");
}
