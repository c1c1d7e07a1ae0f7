using System;

namespace OrchestratorConnector.Model;

/// <summary>A named identity, shared by any number of connectors: a stored credential, or the name of a secret in a vault.</summary>
public sealed record RunAsAccount
{
    /// <summary>The store's key; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The unique name, compared in any case; not the user name.</summary>
    public required string Name { get; init; }

    /// <summary>Free text, or <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>The user name of a stored credential, any characters; <see langword="null"/> for one that a vault keeps.</summary>
    public string? UserName { get; init; }

    /// <summary>The protected password of a stored credential: useless without the key that <c>Secrets</c> keeps.</summary>
    public byte[]? ProtectedPassword { get; init; }

    /// <summary>The name of the secret in a vault, or <see langword="null"/>.</summary>
    public string? SecretName { get; init; }

    /// <summary>The vault that holds the secret; <see langword="null"/> asks all of them.</summary>
    public string? Vault { get; init; }

    /// <summary>Grows with every change, so that a connection notices that its credential is no longer the account's.</summary>
    public long Version { get; init; }

    /// <summary>When the account was changed last, in UTC.</summary>
    public DateTime ChangeTime { get; init; }
}
