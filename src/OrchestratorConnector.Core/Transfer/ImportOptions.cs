using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Transfer;

/// <summary>What is otherwise in the environment that a document comes into. Names are compared in any case.</summary>
internal sealed record ImportOptions
{
    /// <summary>Service URLs, by the connector's name.</summary>
    public IReadOnlyDictionary<string, Uri> ServiceUrls { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Web console URLs, by the connector's name; <see langword="null"/> for none.</summary>
    public IReadOnlyDictionary<string, Uri?> WebConsoleUrls { get; init; } = new Dictionary<string, Uri?>();

    /// <summary>Credentials, by the account's name.</summary>
    public IReadOnlyDictionary<string, ImportCredential> Credentials { get; init; } = new Dictionary<string, ImportCredential>();

    /// <summary>Whether connectors are disabled and runbook activities not ready for automation, whatever the document says.</summary>
    public bool Disabled { get; init; }
}
