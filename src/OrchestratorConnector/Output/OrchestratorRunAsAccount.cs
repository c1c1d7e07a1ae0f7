using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>A Run As account; never its secret.</summary>
public sealed class OrchestratorRunAsAccount : IConnectorsText
{
    internal OrchestratorRunAsAccount(RunAsAccount account, string[] connectors, string statePath)
    {
        Name = account.Name;
        UserName = account.UserName;
        SecretName = account.SecretName;
        Vault = account.Vault;
        Description = account.Description;
        LastChangeTime = account.ChangeTime.ToLocalTime();
        Connectors = new TextList<string>(connectors);
        StatePath = statePath;
    }

    /// <summary>The unique name.</summary>
    public string Name { get; }

    /// <summary>The user name of a stored credential.</summary>
    public string? UserName { get; }

    /// <summary>The name of the secret in a vault.</summary>
    public string? SecretName { get; }

    /// <summary>The vault.</summary>
    public string? Vault { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>When it was changed last, in local time.</summary>
    public DateTime LastChangeTime { get; }

    /// <summary>The connectors that use it.</summary>
    public TextList<string> Connectors { get; }

    /// <summary>The store it is in.</summary>
    public string StatePath { get; }

    string IConnectorsText.ConnectorsText => Display.Short(Connectors.ToString());

    /// <inheritdoc/>
    public override string ToString() => Name;
}
