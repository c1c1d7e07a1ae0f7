using System.Collections.Concurrent;
using System.Collections.Generic;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>Keeps all that is said, from any thread.</summary>
internal sealed class RecordingReporter : IReporter
{
    private readonly ConcurrentQueue<string> _verbose = [];
    private readonly ConcurrentQueue<string> _debug = [];
    private readonly ConcurrentQueue<string> _warnings = [];
    private readonly ConcurrentQueue<ProgressStep> _steps = [];

    public bool IsVerbose { get; init; } = true;

    public bool IsDebug { get; init; } = true;

    public IReadOnlyList<string> VerboseLines => [.. _verbose];

    public IReadOnlyList<string> DebugLines => [.. _debug];

    public IReadOnlyList<string> Warnings => [.. _warnings];

    public IReadOnlyList<ProgressStep> Steps => [.. _steps];

    public void Verbose(string message) => _verbose.Enqueue(message);

    public void Debug(string message) => _debug.Enqueue(message);

    public void Warning(string message) => _warnings.Enqueue(message);

    public void Progress(ProgressStep step) => _steps.Enqueue(step);
}
