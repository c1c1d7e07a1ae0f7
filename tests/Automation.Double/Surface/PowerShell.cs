using System.Collections.ObjectModel;

namespace System.Management.Automation;

/// <summary>A pipeline of script in a runspace; the double has no runspaces, so that none is ever made.</summary>
public sealed class PowerShell : IDisposable
{
    private PowerShell()
    {
    }

    public static PowerShell Create(RunspaceMode runspace) => throw new PSInvalidOperationException("The double has no runspaces.");

    public PowerShell AddScript(string script) => this;

    public PowerShell AddArgument(object value) => this;

    public Collection<PSObject> Invoke() => [];

    public void Dispose()
    {
    }
}

public enum RunspaceMode
{
    CurrentRunspace = 0,
    NewRunspace = 1,
}
