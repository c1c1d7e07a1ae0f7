using System.Text;

namespace OrchestratorConnector.Scheduling;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, byte for byte.</param>
/// <param name="Errors">What it had to complain about.</param>
internal sealed record CommandResult(int ExitCode, byte[] Output, string Errors)
{
    // What a shell answers for a program that it does not find.
    private const int MissingCode = 127;

    /// <summary>The answer for a program that is not on this machine.</summary>
    public static CommandResult Missing { get; } = new(MissingCode, [], "There is no such program on PATH.");

    /// <summary>Whether there is such a program.</summary>
    public bool IsMissing => ExitCode == MissingCode;

    /// <summary>Whether it did what it was asked.</summary>
    public bool IsGood => ExitCode == 0;

    /// <summary>The output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);
}
