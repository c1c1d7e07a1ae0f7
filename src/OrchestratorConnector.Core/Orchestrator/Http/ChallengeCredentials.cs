using System;
using System.Net;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// Answers a server's challenge: the identity for Negotiate, NTLM and Kerberos, and for Basic only where its password is
/// safe. Nothing for another host, whatever asks.
/// </summary>
internal sealed class ChallengeCredentials(Uri root, NetworkCredential? credential, bool allowUnencrypted) : ICredentials
{
    /// <summary>Whether Basic was asked for and refused because the connection is in clear.</summary>
    public bool RefusedBasic { get; private set; }

    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        if (Uri.Compare(uri, root, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            return null;
        }

        if (!string.Equals(authType, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            bool integrated = string.Equals(authType, "Negotiate", StringComparison.OrdinalIgnoreCase)
                || string.Equals(authType, "NTLM", StringComparison.OrdinalIgnoreCase)
                || string.Equals(authType, "Kerberos", StringComparison.OrdinalIgnoreCase);
            return integrated ? credential ?? CredentialCache.DefaultNetworkCredentials : null;
        }

        if (credential is null)
        {
            // The current user has no password to give away.
            return null;
        }

        if (root.Scheme != Uri.UriSchemeHttps && !allowUnencrypted)
        {
            RefusedBasic = true;
            return null;
        }

        return credential;
    }
}
