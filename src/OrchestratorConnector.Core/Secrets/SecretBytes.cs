using System;
using System.Security.Cryptography;

namespace OrchestratorConnector.Secrets;

/// <summary>Secrets as bytes.</summary>
internal static class SecretBytes
{
    // A lone half of a surrogate pair is a character too; an encoding would make a question mark of it, so the text goes as it is.
    public static byte[] Of(string secret)
    {
        byte[] bytes = new byte[secret.Length * sizeof(char)];
        for (int i = 0; i < secret.Length; i++)
        {
            bytes[2 * i] = (byte)secret[i];
            bytes[(2 * i) + 1] = (byte)(secret[i] >> 8);
        }

        return bytes;
    }

    public static string Text(byte[] bytes)
    {
        if (bytes.Length % sizeof(char) != 0)
        {
            throw new CryptographicException("The stored secret is not text.");
        }

        char[] text = new char[bytes.Length / sizeof(char)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)(bytes[2 * i] | (bytes[(2 * i) + 1] << 8));
        }

        string secret = new(text);
        Array.Clear(text, 0, text.Length);
        return secret;
    }

    public static void Clear(byte[]? bytes)
    {
        if (bytes is not null)
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }
}
