using System;
using System.Security.Cryptography;
#if !NETSTANDARD2_0
using System.Runtime.Versioning;
#endif

namespace OrchestratorConnector.Secrets;

/// <summary>Windows' own protection: readable by the same user on the same machine alone.</summary>
#if !NETSTANDARD2_0
[SupportedOSPlatform("windows")]
#endif
internal sealed class DpapiProtector : ISecretProtector
{
    // Tells the blob from one of KeyFileProtector, should a store come from another platform.
    private const byte Form = 2;

    public byte[] Protect(string secret, string purpose)
    {
        byte[] plain = SecretBytes.Of(secret);
        try
        {
            byte[] protectedBytes = ProtectedData.Protect(plain, SecretBytes.Of(purpose), DataProtectionScope.CurrentUser);
            byte[] blob = new byte[protectedBytes.Length + 1];
            blob[0] = Form;
            protectedBytes.CopyTo(blob, 1);
            return blob;
        }
        finally
        {
            SecretBytes.Clear(plain);
        }
    }

    public string Unprotect(byte[] blob, string purpose)
    {
        if (blob.Length < 1 || blob[0] != Form)
        {
            throw new CryptographicException("The secret was not stored by Windows' data protection.");
        }

        byte[]? plain = null;
        try
        {
            plain = ProtectedData.Unprotect(blob.AsSpan(1).ToArray(), SecretBytes.Of(purpose), DataProtectionScope.CurrentUser);
            return SecretBytes.Text(plain);
        }
        finally
        {
            SecretBytes.Clear(plain);
        }
    }
}
