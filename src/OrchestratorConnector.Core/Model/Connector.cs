using System;

namespace OrchestratorConnector.Model;

/// <summary>A registered Orchestrator web service: what the admin decided about it.</summary>
public sealed record Connector
{
    /// <summary>How long one request may stay without an answer, unless the connector says otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    /// <summary>The shortest time that one request may stay without an answer, in seconds.</summary>
    public const int LeastTimeoutSeconds = 1;

    /// <summary>The longest such time, in seconds.</summary>
    public const int MostTimeoutSeconds = 3600;

    /// <summary>The store's key; 0 before the connector is stored.</summary>
    public long Id { get; init; }

    /// <summary>The unique name, compared in any case.</summary>
    public required string Name { get; init; }

    /// <summary>The service root, without a slash at the end.</summary>
    public required Uri ServiceUrl { get; init; }

    /// <summary>The generation of the server; <see cref="ConnectorProtocol.Auto"/> until it was found out.</summary>
    public ConnectorProtocol Protocol { get; init; }

    /// <summary>The folder whose runbooks, and those of its subfolders, are imported.</summary>
    public string Folder { get; init; } = FolderPath.Root;

    /// <summary>The web console's address, or <see langword="null"/>.</summary>
    public Uri? WebConsoleUrl { get; init; }

    /// <summary>Free text, or <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>The name of the Run As account; <see langword="null"/> signs in as the current user.</summary>
    public string? RunAsAccount { get; init; }

    /// <summary>When it is due.</summary>
    public SyncSchedule Schedule { get; init; } = SyncSchedule.Default;

    /// <summary>Whether it may be synchronized without force.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether a password may be sent by Basic authentication over plain HTTP.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>How long one request may stay without an answer.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How values of job parameters are escaped, as the admin decided it.</summary>
    public ParameterEncoding ParameterEncoding { get; init; }

    /// <summary>What <see cref="Model.ParameterEncoding.Auto"/> was found to mean here; Auto until it was found out.</summary>
    public ParameterEncoding KnownEncoding { get; init; }

    /// <summary>
    /// The machine that its schedule belongs to; <see langword="null"/> when it belongs to none. Set by the store when the
    /// connector is registered, and by whoever confirms the schedule on another machine.
    /// </summary>
    public string? Home { get; init; }

    /// <summary>When it was registered, in UTC.</summary>
    public DateTime CreationTime { get; init; }

    /// <summary>Whether its synchronization finds all that the one of another would: the same server, and a folder that covers the other's.</summary>
    public bool Covers(Connector other) => ServiceUrl == other.ServiceUrl && FolderPath.Covers(Folder, other.Folder);
}
