using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>What a server is asked to start.</summary>
public sealed record JobRequest
{
    /// <summary>The runbook.</summary>
    public required Guid RunbookId { get; init; }

    /// <summary>A value for each input that is given.</summary>
    public IReadOnlyList<JobParameter> Parameters { get; init; } = [];

    /// <summary>The names of the runbook servers that may run it, the first one first; none for the server's own choice.</summary>
    public IReadOnlyList<string> RunbookServers { get; init; } = [];

    /// <summary>How values are escaped, where the service has that question.</summary>
    public ParameterEncoding Encoding { get; init; } = ParameterEncoding.Once;
}
