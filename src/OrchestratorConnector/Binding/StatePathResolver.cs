using System;
using System.IO;

namespace OrchestratorConnector.Binding;

/// <summary>Where the store is unless somebody says otherwise.</summary>
internal static class StatePathResolver
{
    /// <summary>The environment variable that names the store for every cmdlet.</summary>
    public const string Variable = "ORCHESTRATOR_CONNECTOR_STATE";

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
