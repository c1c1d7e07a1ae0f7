using System.Management.Automation.Double;
using System.Management.Automation.Host;

namespace System.Management.Automation;

public abstract class PSCmdlet : Cmdlet
{
    private CommandRuntime? _context;

    public PSHost Host => Context.Shell.Host;

    public CommandInvocationIntrinsics InvokeCommand => Context.SessionState.InvokeCommand;

    public InvocationInfo MyInvocation => Context.Invocation;

    public string ParameterSetName => Context.ParameterSetName;

    public SessionState SessionState => Context.SessionState;

    /// <summary>The engine's side of this cmdlet, there also when a test has put another runtime in front of it.</summary>
    private CommandRuntime Context
        => _context ?? throw new PSInvalidOperationException("Cmdlets derived from PSCmdlet cannot be invoked directly.");

    public string GetUnresolvedProviderPathFromPSPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    public object? GetVariableValue(string name) => SessionState.PSVariable.GetValue(name);

    public object? GetVariableValue(string name, object defaultValue) => SessionState.PSVariable.GetValue(name, defaultValue);

    internal void Enter(CommandRuntime context) => _context = context;
}
