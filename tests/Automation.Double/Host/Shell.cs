using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation.Host;
using System.Reflection;

namespace System.Management.Automation.Double;

/// <summary>
/// A session that has one binary module imported: runs command lines over its cmdlets, with the engine's rules for binding, streams,
/// preferences and stopping, and with delegates where a user would sit.
/// </summary>
public sealed class Shell : IDisposable
{
    /// <summary>The variables that a session has from the start, and that keep their type whatever is assigned.</summary>
    private static readonly Dictionary<string, object> Preferences = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ErrorActionPreference"] = ActionPreference.Continue,
        ["WarningPreference"] = ActionPreference.Continue,
        ["VerbosePreference"] = ActionPreference.SilentlyContinue,
        ["DebugPreference"] = ActionPreference.SilentlyContinue,
        ["InformationPreference"] = ActionPreference.SilentlyContinue,
        ["ProgressPreference"] = ActionPreference.Continue,
        ["ConfirmPreference"] = ConfirmImpact.High,
        ["WhatIfPreference"] = false,
    };

    private readonly Dictionary<string, CmdletInfo> _cmdlets = new(StringComparer.OrdinalIgnoreCase);
    private readonly ShellHost _host = new();
    private readonly Assembly _assembly;

    /// <summary>Imports the module: its exported types are read, then its initializers run.</summary>
    public Shell(Assembly moduleAssembly)
    {
        ArgumentNullException.ThrowIfNull(moduleAssembly);
        _assembly = moduleAssembly;
        PSModuleInfo module = new(moduleAssembly);
        Type[] exported = [.. moduleAssembly.ExportedTypes];
        foreach (Type initializer in exported.Where(t => typeof(IModuleAssemblyInitializer).IsAssignableFrom(t) && !t.IsAbstract))
        {
            ((IModuleAssemblyInitializer)Activator.CreateInstance(initializer)!).OnImport();
        }

        AddCmdlets(exported.Where(t => !t.IsAbstract), module);
        AddCmdlets([typeof(SelectObjectCommand), typeof(FormatTableCommand), typeof(FormatListCommand), typeof(OutStringCommand)], null);
    }

    /// <summary>The module's cmdlets.</summary>
    public IReadOnlyCollection<CmdletInfo> Cmdlets => [.. _cmdlets.Values.Where(c => c.Module is not null)];

    /// <summary>The variables of the session, preferences such as <c>ConfirmPreference</c> among them.</summary>
    public IDictionary<string, object?> Variables { get; } = new ConcurrentDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The current directory of the session, which need not be the process's.</summary>
    public string Location { get; set; } = Directory.GetCurrentDirectory();

    /// <summary>Answers what ShouldProcess and ShouldContinue ask. Without it, or with null from it, a question fails as in a session that is not interactive.</summary>
    public Func<ShellPrompt, ShellAnswer?>? Confirmation { get; set; }

    /// <summary>Gives the credential for a user name, or for none, where a user would be asked.</summary>
    public Func<string?, PSCredential?>? CredentialPrompt { get; set; }

    /// <summary>Stands in for the language: gets the text of a script and its arguments, and gives its output. Without it no script's command is found.</summary>
    public Func<string, object?[], IEnumerable<object?>>? ScriptHandler { get; set; }

    /// <summary>Commands of other modules that <c>InvokeCommand.GetCommand</c> is to find; the script handler runs them.</summary>
    public ISet<string> KnownCommands { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What prints objects as the prompt does.</summary>
    public Formatter Formatter { get; } = new();

    /// <summary>What was shown by the host itself, in all runs of this session.</summary>
    public IReadOnlyList<HostLine> HostLines => _host.Lines.All;

    /// <summary>The warnings among them, as a cmdlet gives them when it is stopped and its own streams are closed.</summary>
    public IReadOnlyList<string> HostWarnings => [.. HostLines.Where(l => l.Stream == ShellStream.Warning).Select(l => l.Text)];

    internal PSHost Host => _host;

    /// <summary>Runs a command line to its end. Errors are in the result, also the one that ended it.</summary>
    public ShellResult Invoke(string commandLine, params (string Name, object? Value)[] variables)
        => Plan(commandLine, variables).Run();

    /// <summary>Runs a command line on a thread of its own.</summary>
    public RunningInvocation InvokeAsync(string commandLine, params (string Name, object? Value)[] variables)
        => new(Plan(commandLine, variables), null);

    /// <summary>The same, with a look at every record on the thread that writes it, before the cmdlet goes on.</summary>
    public RunningInvocation InvokeAsync(string commandLine, Action<RunningInvocation, ShellRecord> onRecord, params (string Name, object? Value)[] variables)
        => new(Plan(commandLine, variables), onRecord);

    /// <summary>Starts a call with values instead of text.</summary>
    public CommandBuilder Command(string name) => new(this, name);

    /// <summary>What the tab key offers at the end of an unfinished command line.</summary>
    public IReadOnlyList<CompletionResult> Complete(string commandLine) => new Completer(this).Complete(commandLine);

    /// <summary>Removes the module.</summary>
    public void Dispose()
    {
        foreach (Type cleanup in _assembly.ExportedTypes.Where(t => typeof(IModuleAssemblyCleanup).IsAssignableFrom(t) && !t.IsAbstract))
        {
            ((IModuleAssemblyCleanup)Activator.CreateInstance(cleanup)!).OnRemove(new PSModuleInfo(_assembly));
        }
    }

    internal CmdletInfo? FindCmdlet(string name) => _cmdlets.GetValueOrDefault(name[(name.LastIndexOf('\\') + 1)..]);

    internal CommandInfo? FindCommand(string name, CommandTypes type)
        => FindCmdlet(name) is { } cmdlet && (type & CommandTypes.Cmdlet) != 0 ? cmdlet
            : KnownCommands.Contains(name) && (type & CommandTypes.Function) != 0 ? new KnownCommandInfo(name)
            : null;

    /// <summary>Looks a variable up, also <c>env:NAME</c> and with a scope before it.</summary>
    internal bool TryGetVariable(string name, out object? value)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && name.StartsWith("env:", StringComparison.OrdinalIgnoreCase))
        {
            value = Environment.GetEnvironmentVariable(name[4..]);
            return value is not null;
        }

        string key = name[(colon + 1)..];
        bool isAssigned = Variables.TryGetValue(key, out value);
        if (!Preferences.TryGetValue(key, out object? preset))
        {
            return isAssigned;
        }

        value = isAssigned ? LanguagePrimitives.ConvertTo(value, preset.GetType(), CultureInfo.InvariantCulture) : preset;
        return true;
    }

    internal T Preference<T>(string name)
        where T : struct
        => TryGetVariable(name, out object? value) && value is T preference ? preference : throw new ArgumentException("There is no such preference.", name);

    internal string ResolvePath(string path)
    {
        if (path is null)
        {
            throw new PSArgumentNullException(nameof(path));
        }

        int qualifier = path.IndexOf("::", StringComparison.Ordinal);
        string local = qualifier > 0 ? path[(qualifier + 2)..] : path;
        int colon = local.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && local.IndexOfAny(['/', '\\'], 0, colon) < 0 && !(OperatingSystem.IsWindows() && colon == 1))
        {
            string drive = local[..colon];
            throw new DriveNotFoundException("Cannot find drive. A drive with the name '" + drive + "' does not exist.", drive);
        }

        local = local.Replace('\\', Path.DirectorySeparatorChar).Replace('/', Path.DirectorySeparatorChar);
        if (local == "~" || local.StartsWith("~" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            local = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + local[1..];
        }

        string full = Path.GetFullPath(local, Path.GetFullPath(Location));
        return full.Length > 1 ? Path.TrimEndingDirectorySeparator(full) : full;
    }

    internal IEnumerable<object?> RunScript(string script, object?[] arguments)
        => ScriptHandler is null
            ? throw new CommandNotFoundException("This session has no script handler, so no command of the script is found: " + script)
            : ScriptHandler(script, arguments);

    internal PSCredential? PromptForCredential(string? userName)
        => CredentialPrompt is null
            ? throw new PSInvalidOperationException("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.")
            : CredentialPrompt(userName);

    private Invocation Plan(string commandLine, (string Name, object? Value)[] variables)
    {
        CommandLine line = CommandLineParser.Parse(commandLine);
        Evaluator evaluator = new(name => Lookup(name, variables));
        object? input = line.Input is null ? null : evaluator.Value(line.Input);
        return new Invocation(
            this,
            commandLine,
            [.. line.Commands.Select(c => (c.GetCommandName() ?? c.Extent.Text, (IReadOnlyList<CommandArgument>)evaluator.Arguments(c)))],
            line.Input is null ? null : [.. (LanguagePrimitives.GetEnumerable(input) ?? new[] { input }).Cast<object?>()]);
    }

    private object? Lookup(string name, (string Name, object? Value)[] variables)
    {
        foreach ((string key, object? given) in variables)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return given;
            }
        }

        return TryGetVariable(name, out object? value) ? value : null;
    }

    private void AddCmdlets(IEnumerable<Type> types, PSModuleInfo? module)
    {
        foreach (Type type in types)
        {
            if (typeof(Cmdlet).IsAssignableFrom(type) && type.GetCustomAttribute<CmdletAttribute>() is { } attribute)
            {
                string name = attribute.VerbName + "-" + attribute.NounName;
                _cmdlets.Add(name, new CmdletInfo(name, type) { Module = module });
            }
        }
    }
}
