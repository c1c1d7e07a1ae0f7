using System.IO;
using System.Linq;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Binding;

/// <summary>The PowerShell of a session as a program that others can start.</summary>
internal static class ShellPath
{
    private static readonly string[] Programs = ["pwsh", "pwsh.exe", "powershell.exe"];

    /// <summary>The program in the home of PowerShell, whatever program hosts the session.</summary>
    /// <param name="home">The value of $PSHOME.</param>
    /// <exception cref="OrchestratorException">ShellNotFound: it is hosted where there is none.</exception>
    public static string In(string home) =>
        Programs.Select(p => Path.Combine(home, p)).FirstOrDefault(File.Exists) ?? throw Error.ShellNotFound(Path.Combine(home, Programs[0]));
}
