using System;

namespace OrchestratorConnector.Transfer;

/// <summary>
/// Which inputs are likely to take a secret, by their names alone: the servers tell nothing of it. One too many costs a word to
/// type; one too few would be a password in a file.
/// </summary>
internal static class SecretNames
{
    private static readonly string[] Marks = ["password", "passwort", "passphrase", "passwd", "pwd", "kennwort", "secret", "token", "credential", "apikey", "privatekey", "connectionstring"];

    /// <summary>Whether a name says that the value is a secret.</summary>
    public static bool Fit(string name)
    {
        string plain = name.Replace(" ", "").Replace("-", "").Replace("_", "");
        return Array.Exists(Marks, m => plain.IndexOf(m, StringComparison.OrdinalIgnoreCase) >= 0);
    }
}
