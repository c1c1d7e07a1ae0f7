using System.Reflection;

namespace System.Management.Automation;

/// <summary>Called when a module's assembly is imported, each time again.</summary>
public interface IModuleAssemblyInitializer
{
    void OnImport();
}

/// <summary>Called when a module is removed.</summary>
public interface IModuleAssemblyCleanup
{
    void OnRemove(PSModuleInfo psModuleInfo);
}

public sealed class PSModuleInfo
{
    internal PSModuleInfo(Assembly assembly)
    {
        ImplementingAssembly = assembly;
    }

    public Assembly ImplementingAssembly { get; }

    public string ModuleBase => IO.Path.GetDirectoryName(ImplementingAssembly.Location) ?? string.Empty;

    public string Name => ImplementingAssembly.GetName().Name!;

    public string Path => ImplementingAssembly.Location;

    public Version Version => ImplementingAssembly.GetName().Version!;

    public override string ToString() => Name;
}
