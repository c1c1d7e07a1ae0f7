using System.Management.Automation;

namespace OrchestratorConnector.Loading;

/// <summary>Makes the module's own assemblies loadable before the first cmdlet runs. Runs again at every import.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => Dependencies.Register();

    /// <inheritdoc/>
    /// <remarks>
    /// Nothing is taken away: an assembly that was loaded stays until the process ends, objects of its types may still be in
    /// variables, and a resolver that answers for one name of our own disturbs nobody.
    /// </remarks>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
    }
}
