using System;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>How the exchange with a server behaves, and its bounds.</summary>
public sealed record ExchangeOptions
{
    /// <summary>How long a request may stay without an answer, and a body without its next bytes.</summary>
    public TimeSpan Timeout { get; init; } = Model.Connector.DefaultTimeout;

    /// <summary>Whether a password may be sent by Basic authentication over plain HTTP.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>How many requests may be under way at once.</summary>
    public int MaxRequests { get; init; } = 4;

    /// <summary>How often a GET is sent again after a failure that may pass.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The wait before the first retry; it doubles each time, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait that a server may ask for with Retry-After; one that asks for more gets an error instead.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The largest answer, in bytes after decompression. The Web API sends a whole set as one answer: 100,000 runbooks are
    /// some 70 MB.
    /// </summary>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>The largest single entity of an answer, in bytes: a bound for memory, far above any real runbook.</summary>
    public int MaxEntityBytes { get; init; } = 16 * 1024 * 1024;
}
