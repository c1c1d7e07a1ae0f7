using System.Net;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>An identity at one moment.</summary>
/// <param name="Version">Differs whenever the credential does.</param>
/// <param name="Credential">User name and password; <see langword="null"/> for the current user.</param>
/// <param name="Description">How to name it in a message: never holds the password.</param>
public sealed record Identity(long Version, NetworkCredential? Credential, string Description)
{
    /// <summary>The user that this process runs as.</summary>
    public static Identity CurrentUser { get; } = new(0, null, "the current user");

    /// <summary>
    /// Makes a credential of a user name in any form: <c>DOMAIN\user</c> is taken apart, <c>user@domain</c> stays whole, as
    /// Windows reads them. Every other character means itself.
    /// </summary>
    public static NetworkCredential ToCredential(string userName, string password)
    {
        int slash = userName.IndexOf('\\');
        return slash > 0
            ? new NetworkCredential(userName.Substring(slash + 1), password, userName.Substring(0, slash))
            : new NetworkCredential(userName, password);
    }

    /// <summary>Without the credential: a record's own text would name its members.</summary>
    public override string ToString() => Description;
}
