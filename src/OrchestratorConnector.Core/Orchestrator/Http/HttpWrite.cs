using System;
using System.Collections.Generic;
using System.Net.Http;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>A request that changes something at the server.</summary>
internal sealed class HttpWrite
{
    /// <summary>The verb.</summary>
    public required HttpMethod Method { get; init; }

    /// <summary>Where to.</summary>
    public required Uri Url { get; init; }

    /// <summary>The media type wanted back.</summary>
    public required string Accept { get; init; }

    /// <summary>The media type of the body.</summary>
    public required string MediaType { get; init; }

    /// <summary>The body. May hold secrets: nothing shows it.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Headers beside those that every request has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
