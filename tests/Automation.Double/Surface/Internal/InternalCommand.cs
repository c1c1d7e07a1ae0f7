namespace System.Management.Automation.Internal;

/// <summary>The base that every cmdlet shares in the engine.</summary>
public abstract class InternalCommand
{
    internal InternalCommand()
    {
    }

    public CommandOrigin CommandOrigin => CommandOrigin.Runspace;
}
