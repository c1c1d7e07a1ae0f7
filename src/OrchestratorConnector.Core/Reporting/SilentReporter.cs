namespace OrchestratorConnector.Reporting;

/// <summary>A reporter that nobody listens to.</summary>
public sealed class SilentReporter : IReporter
{
    /// <summary>The one instance.</summary>
    public static SilentReporter Instance { get; } = new();

    private SilentReporter()
    {
    }

    /// <inheritdoc/>
    public bool IsVerbose => false;

    /// <inheritdoc/>
    public bool IsDebug => false;

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Debug(string message)
    {
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
    }

    /// <inheritdoc/>
    public void Progress(ProgressStep step)
    {
    }
}
