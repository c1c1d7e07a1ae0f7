using System.Collections;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation.Double;
using System.Management.Automation.Runspaces;

namespace System.Management.Automation;

public sealed class SessionState
{
    internal SessionState(Shell shell, Action checkThread)
    {
        Path = new PathIntrinsics(shell);
        PSVariable = new PSVariableIntrinsics(shell);
        InvokeCommand = new CommandInvocationIntrinsics(shell, checkThread);
    }

    public CommandInvocationIntrinsics InvokeCommand { get; }

    public PathIntrinsics Path { get; }

    public PSVariableIntrinsics PSVariable { get; }
}

public class EngineIntrinsics
{
    internal EngineIntrinsics(Shell shell, SessionState sessionState)
    {
        Session = shell;
        SessionState = sessionState;
    }

    public CommandInvocationIntrinsics InvokeCommand => SessionState.InvokeCommand;

    public SessionState SessionState { get; }

    internal Shell Session { get; }
}

public sealed class PathIntrinsics
{
    private readonly Shell _shell;

    internal PathIntrinsics(Shell shell)
    {
        _shell = shell;
    }

    public PathInfo CurrentFileSystemLocation => new(_shell.Location);

    public PathInfo CurrentLocation => new(_shell.Location);

    /// <summary>The full path that a path means from the shell's own location, whether or not it exists.</summary>
    public string GetUnresolvedProviderPathFromPSPath(string path) => _shell.ResolvePath(path);

    public string GetUnresolvedProviderPathFromPSPath(string path, out ProviderInfo provider, out PSDriveInfo? drive)
    {
        provider = new ProviderInfo("FileSystem");
        drive = null;
        return _shell.ResolvePath(path);
    }
}

public sealed class PathInfo
{
    internal PathInfo(string path)
    {
        Path = path;
    }

    public string Path { get; }

    public string ProviderPath => Path;

    public override string ToString() => Path;
}

public sealed class PSVariableIntrinsics
{
    private readonly Shell _shell;

    internal PSVariableIntrinsics(Shell shell)
    {
        _shell = shell;
    }

    public object? GetValue(string name) => GetValue(name, null!);

    public object? GetValue(string name, object defaultValue)
        => _shell.TryGetVariable(name, out object? value) ? value : defaultValue;

    public void Set(string name, object? value) => _shell.Variables[name] = value;
}

public class CommandInvocationIntrinsics
{
    private readonly Shell _shell;
    private readonly Action _checkThread;

    internal CommandInvocationIntrinsics(Shell shell, Action checkThread)
    {
        _shell = shell;
        _checkThread = checkThread;
    }

    public CommandInfo? GetCommand(string commandName, CommandTypes type) => _shell.FindCommand(commandName, type);

    public Collection<PSObject> InvokeScript(string script) => Run(script, []);

    public Collection<PSObject> InvokeScript(string script, params object?[] args) => Run(script, args);

    public Collection<PSObject> InvokeScript(SessionState sessionState, ScriptBlock scriptBlock, params object?[] args)
        => Run(scriptBlock.ToString(), args);

    public Collection<PSObject> InvokeScript(bool useLocalScope, ScriptBlock scriptBlock, IList? input, params object?[] args)
        => Run(scriptBlock.ToString(), args);

    public Collection<PSObject> InvokeScript(string script, bool useNewScope, PipelineResultTypes writeToPipeline, IList? input, params object?[] args)
        => Run(script, args);

    public ScriptBlock NewScriptBlock(string scriptText) => ScriptBlock.Create(scriptText);

    private Collection<PSObject> Run(string script, object?[] args)
    {
        _checkThread();
        return [.. _shell.RunScript(script, args).Select(o => o is null ? null! : PSObject.AsPSObject(o))];
    }
}
