using System;
using System.ComponentModel;
using System.Diagnostics;

namespace OrchestratorConnector.State;

/// <summary>A process, told apart from a later one with the same number by its start time.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="ProcessId">The process number.</param>
/// <param name="ProcessStart">When the process started, in UTC.</param>
public sealed record LeaseHolder(string Machine, int ProcessId, DateTime ProcessStart)
{
    /// <summary>This process.</summary>
    public static LeaseHolder Current { get; } = OfThisProcess();

    /// <summary>
    /// Whether the process may still be at work. A process of another machine cannot be asked and counts as alive; its
    /// lease ends by the clock.
    /// </summary>
    public static bool IsAlive(LeaseHolder holder)
    {
        if (!string.Equals(holder.Machine, Environment.MachineName, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            using Process process = Process.GetProcessById(holder.ProcessId);
            // Two readings of one start time differ by the rounding of the platform's clock ticks.
            return !process.HasExited && (process.StartTime.ToUniversalTime() - holder.ProcessStart).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // It exists and belongs to somebody else.
            return true;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"process {ProcessId} on {Machine}");

    private static LeaseHolder OfThisProcess()
    {
        using Process process = Process.GetCurrentProcess();
        return new LeaseHolder(Environment.MachineName, process.Id, process.StartTime.ToUniversalTime());
    }
}
