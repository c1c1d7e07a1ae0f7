using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace Quickstart;

/// <summary>Chooses the prompt: PowerShell where there is one, else the double of it.</summary>
internal static class PromptFactory
{
    internal const int Width = 120;

    /// <summary>The environment variable that names the store for every cmdlet.</summary>
    internal const string StateVariable = "ORCHESTRATOR_CONNECTOR_STATE";

    internal static IPrompt Create(CommandLine line, string statePath)
    {
        // Nobody ever reads it; it only has to be right.
        string password = line.Password ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        string root = Root();
        string manifest = "./" + Module.Staged(root);
        string? shell = line.UsesDouble ? null : Find("pwsh");
        return shell is null
            ? new DoublePrompt(root, manifest, statePath, password, line.UsesDouble ? "because of --double" : "there is no pwsh on PATH")
            : new PwshPrompt(shell, root, manifest, statePath, password);
    }

    private static string? Find(string program)
    {
        string file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The repository: the folder above that holds the manifest.</summary>
    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Module.Manifest)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new StepException("The Quickstart runs from within the repository: there is no " + Module.Manifest + " above it.");
    }
}
