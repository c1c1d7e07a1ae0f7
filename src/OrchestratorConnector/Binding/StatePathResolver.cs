using System;
using System.IO;
using System.Management.Automation;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Binding;

/// <summary>Where the store is unless somebody says otherwise.</summary>
internal static class StatePathResolver
{
    /// <summary>The environment variable that names the store for every cmdlet.</summary>
    public const string Variable = "ORCHESTRATOR_CONNECTOR_STATE";

    /// <summary>The file that a path of the shell means, drives and current location included.</summary>
    /// <exception cref="OrchestratorException">StoreUnavailable: the path is not one of files.</exception>
    public static string Resolve(string path, PathIntrinsics paths)
    {
        string file = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? file : throw Error.StoreUnavailable(path, $"it is a path of the provider {provider.Name}, and a store is a file.", null);
    }

    /// <summary>The variable's path, else a file in the user's local application data.</summary>
    public static string Default()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(named))
        {
            return Path.GetFullPath(named!);
        }

        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data, "OrchestratorConnector", "state.db");
    }
}
