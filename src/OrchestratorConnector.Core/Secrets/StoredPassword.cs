using System.Security.Cryptography;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Secrets;

/// <summary>The password of a Run As account, tied to that account: moved to another one it cannot be read.</summary>
internal static class StoredPassword
{
    /// <exception cref="OrchestratorException">SecretNotStored.</exception>
    public static byte[] Protect(string accountName, string password, ISecretProtector protector)
    {
        try
        {
            return protector.Protect(password, Purpose(accountName));
        }
        catch (CryptographicException e)
        {
            throw Error.SecretNotStored(accountName, e);
        }
    }

    /// <exception cref="OrchestratorException">SecretUnreadable.</exception>
    public static string Read(RunAsAccount account, ISecretProtector protector)
    {
        try
        {
            return protector.Unprotect(account.ProtectedPassword!, Purpose(account.Name));
        }
        catch (CryptographicException e)
        {
            throw Error.SecretUnreadable(account.Name, e);
        }
    }

    private static string Purpose(string accountName) => "RunAsAccount/" + NamePattern.Key(accountName);
}
