using System;
using System.Security.Cryptography;

namespace OrchestratorConnector.Secrets;

/// <summary>
/// Authenticated encryption where the system offers no protection of its own: AES-256-CBC, then HMAC-SHA256 over everything,
/// the purpose included. Not AES-GCM, which one of the two targets does not have, so that both write the same.
/// </summary>
internal sealed class KeyFileProtector(SecretKeyFile keyFile) : ISecretProtector
{
    // Version, initialization vector, encrypted text, code.
    private const byte Form = 1;
    private const int VectorLength = 16;
    private const int CodeLength = 32;
    private const int Start = 1 + VectorLength;
    private const int KeyLength = SecretKeyFile.Length / 2;

    public byte[] Protect(string secret, string purpose)
    {
        byte[] key = keyFile.ReadOrCreate();
        byte[] plain = SecretBytes.Of(secret);
        try
        {
            using Aes aes = CreateAes(key);
            aes.GenerateIV();
            byte[] encrypted = Transform(aes.CreateEncryptor(), plain, 0, plain.Length);
            byte[] blob = new byte[Start + encrypted.Length + CodeLength];
            blob[0] = Form;
            aes.IV.CopyTo(blob, 1);
            encrypted.CopyTo(blob, Start);
            Code(key, purpose, blob).CopyTo(blob, blob.Length - CodeLength);
            return blob;
        }
        finally
        {
            SecretBytes.Clear(plain);
            SecretBytes.Clear(key);
        }
    }

    public string Unprotect(byte[] blob, string purpose)
    {
        if (blob.Length < Start + CodeLength || blob[0] != Form)
        {
            throw new CryptographicException("The secret was not stored under a key file.");
        }

        byte[] key = keyFile.Read();
        byte[]? plain = null;
        try
        {
            if (!AreEqual(Code(key, purpose, blob), blob.AsSpan(blob.Length - CodeLength)))
            {
                throw new CryptographicException("The stored secret was changed, or was stored under another key or for another purpose.");
            }

            using Aes aes = CreateAes(key);
            aes.IV = blob.AsSpan(1, VectorLength).ToArray();
            plain = Transform(aes.CreateDecryptor(), blob, Start, blob.Length - CodeLength - Start);
            return SecretBytes.Text(plain);
        }
        finally
        {
            SecretBytes.Clear(plain);
            SecretBytes.Clear(key);
        }
    }

    private static Aes CreateAes(byte[] key)
    {
        Aes aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.PKCS7;
        byte[] half = key.AsSpan(0, KeyLength).ToArray();
        aes.Key = half;
        SecretBytes.Clear(half);
        return aes;
    }

    private static byte[] Transform(ICryptoTransform transform, byte[] bytes, int offset, int count)
    {
        using (transform)
        {
            return transform.TransformFinalBlock(bytes, offset, count);
        }
    }

    /// <summary>The code over the purpose with its length, and over everything in the blob before the code.</summary>
    private static byte[] Code(byte[] key, string purpose, byte[] blob)
    {
        byte[] half = key.AsSpan(KeyLength).ToArray();
        byte[] purposeBytes = SecretBytes.Of(purpose);
        byte[] purposeLength =
        [
            (byte)purposeBytes.Length,
            (byte)(purposeBytes.Length >> 8),
            (byte)(purposeBytes.Length >> 16),
            (byte)(purposeBytes.Length >> 24),
        ];
        using HMACSHA256 hmac = new(half);
        hmac.TransformBlock(purposeLength, 0, purposeLength.Length, null, 0);
        hmac.TransformBlock(purposeBytes, 0, purposeBytes.Length, null, 0);
        hmac.TransformFinalBlock(blob, 0, blob.Length - CodeLength);
        SecretBytes.Clear(half);
        return hmac.Hash!;
    }

    // Takes as long for a code that is wrong at its first byte as for one that is wrong at its last.
    private static bool AreEqual(byte[] one, ReadOnlySpan<byte> other)
    {
        int difference = one.Length ^ other.Length;
        for (int i = 0; i < one.Length && i < other.Length; i++)
        {
            difference |= one[i] ^ other[i];
        }

        return difference == 0;
    }
}
