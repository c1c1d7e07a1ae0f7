using System.Security.Cryptography;

namespace OrchestratorConnector.Secrets;

/// <summary>Makes of a secret what may lie in a file.</summary>
public interface ISecretProtector
{
    /// <summary>Protects a secret; never twice with the same result.</summary>
    /// <param name="secret">Any text, also none.</param>
    /// <param name="purpose">What it is for; only the same purpose reads it again.</param>
    /// <exception cref="CryptographicException">It cannot be protected here; the message says why.</exception>
    byte[] Protect(string secret, string purpose);

    /// <summary>Reads a secret again.</summary>
    /// <param name="blob">What <see cref="Protect"/> gave.</param>
    /// <param name="purpose">What it was for.</param>
    /// <exception cref="CryptographicException">It cannot be read here, or was changed; the message says why.</exception>
    string Unprotect(byte[] blob, string purpose);
}
