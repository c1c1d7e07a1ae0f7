namespace OrchestratorConnector.Reporting;

/// <summary>The port through which the core speaks while it works. Called from any thread.</summary>
public interface IReporter
{
    /// <summary>Whether anybody listens to <see cref="Verbose"/>, so that text nobody reads is not made.</summary>
    bool IsVerbose { get; }

    /// <summary>Whether anybody listens to <see cref="Debug"/>.</summary>
    bool IsDebug { get; }

    /// <summary>A line of the story, of which a synchronization has about a dozen, whatever its size. Never holds a secret.</summary>
    void Verbose(string message);

    /// <summary>Every request and its answer. Never holds a secret.</summary>
    void Debug(string message);

    /// <summary>Something the user should know and may have to act on.</summary>
    void Warning(string message);

    /// <summary>How far the work is.</summary>
    void Progress(ProgressStep step);
}
