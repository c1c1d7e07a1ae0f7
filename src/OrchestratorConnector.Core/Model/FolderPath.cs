using System;

namespace OrchestratorConnector.Model;

/// <summary>Folder paths as the servers write them: <c>\</c> is the root, <c>\A\B</c> a folder below it; compared in any case.</summary>
public static class FolderPath
{
    /// <summary>The root folder.</summary>
    public const string Root = "\\";

    /// <summary>The form in which folders are stored: a leading backslash, none at the end, slashes accepted as backslashes.</summary>
    public static string Normalize(string? folder)
    {
        string trimmed = (folder ?? string.Empty).Trim().Replace('/', '\\').Trim('\\');
        return trimmed.Length == 0 ? Root : "\\" + trimmed;
    }

    /// <summary>The folder that holds a runbook, from the runbook's path and name (a name may hold a backslash itself).</summary>
    public static string OfRunbook(string path, string name)
    {
        int end = path.Length - name.Length - 1;
        bool endsWithName = end >= 0 && path[end] == '\\' && path.EndsWith(name, StringComparison.OrdinalIgnoreCase);
        if (!endsWithName)
        {
            end = path.LastIndexOf('\\');
        }

        return end <= 0 ? Root : path.Substring(0, end);
    }

    /// <summary>Whether something at <paramref name="path"/> lies in <paramref name="folder"/> or below it.</summary>
    public static bool Contains(string folder, string path) =>
        folder == Root
        || (path.Length > folder.Length && path[folder.Length] == '\\' && path.StartsWith(folder, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a folder is another one, or holds it.</summary>
    public static bool Covers(string folder, string other) => string.Equals(folder, other, StringComparison.OrdinalIgnoreCase) || Contains(folder, other);

    /// <summary>Whether one of two folders holds the other, or they are the same.</summary>
    public static bool Overlap(string one, string other) => Covers(one, other) || Contains(other, one);
}
