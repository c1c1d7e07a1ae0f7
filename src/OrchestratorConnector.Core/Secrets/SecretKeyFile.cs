using System;
using System.IO;
using System.Security.Cryptography;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Secrets;

/// <summary>The random key beside a store: made once, readable by its owner alone, and never written over.</summary>
internal sealed class SecretKeyFile(string path)
{
    /// <summary>How many bytes the key has.</summary>
    public const int Length = 64;

    /// <summary>The key; made now if there is none yet.</summary>
    /// <exception cref="CryptographicException">The key cannot be used or made.</exception>
    public byte[] ReadOrCreate() => Guarded(() =>
    {
        if (!File.Exists(path))
        {
            Create();
        }

        return ReadChecked();
    });

    /// <summary>The key.</summary>
    /// <exception cref="CryptographicException">There is none, or it cannot be used.</exception>
    public byte[] Read() => Guarded(() => File.Exists(path)
        ? ReadChecked()
        : throw new CryptographicException($"The key file '{path}' is not there."));

    private byte[] Guarded(Func<byte[]> work)
    {
        try
        {
            return work();
        }
        catch (IOException e)
        {
            throw new CryptographicException($"The key file '{path}' cannot be used: {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CryptographicException($"The key file '{path}' cannot be used: {e.Message}", e);
        }
    }

    private byte[] ReadChecked()
    {
        if (!OwnerOnly.Is(path))
        {
            throw new CryptographicException($"The key file '{path}' can be read by others than its owner. Take those rights away (chmod 600), and change the passwords that it protects.");
        }

        byte[] key = File.ReadAllBytes(path);
        if (key.Length != Length)
        {
            SecretBytes.Clear(key);
            throw new CryptographicException(FormattableString.Invariant($"The key file '{path}' is damaged: it has {key.Length} bytes instead of {Length}. It was not touched."));
        }

        return key;
    }

    // Written under another name and then given its own, which only one of many can do: nobody ever reads half a key.
    private void Create()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
        {
            OwnerOnly.CreateFolder(folder);
        }

        string unfinished = $"{path}.{Guid.NewGuid():N}";
        byte[] key = new byte[Length];
        try
        {
            using (RandomNumberGenerator random = RandomNumberGenerator.Create())
            {
                random.GetBytes(key);
            }

            using (FileStream stream = OwnerOnly.CreateFile(unfinished))
            {
                stream.Write(key, 0, key.Length);
                stream.Flush(flushToDisk: true);
            }

            OwnerOnly.Publish(unfinished, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made the key in the meantime; that one holds.
        }
        finally
        {
            SecretBytes.Clear(key);
            File.Delete(unfinished);
        }
    }
}
