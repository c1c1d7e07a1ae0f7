namespace OrchestratorConnector.Commands;

/// <summary>A cmdlet that talks with the machine's own scheduler.</summary>
public abstract class ScheduleCmdlet : OrchestratorCmdlet
{
    /// <summary>What it does while the scheduler lets it wait.</summary>
    private protected const string Asking = "Asking the machine's scheduler";

    /// <inheritdoc/>
    private protected override bool IsAboutStore => true;
}
