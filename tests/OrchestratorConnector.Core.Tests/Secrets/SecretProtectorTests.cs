using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Secrets;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Secrets;

/// <summary>What protects stored passwords: the platform's protection, and the key file wherever it runs.</summary>
public sealed class SecretProtectorTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    private string KeyPath => _folder.File("state.db.key");

    public static TheoryData<string> Secrets { get; } = new(
        "",
        "p",
        "Pä$$'\"`wörd; -- 漢字 🚀 \0 \r\n\t",
        "lone \uD83D half",
        new string('x', 10_000),
        new string(' ', 16));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_comes_back(string secret)
    {
        foreach (ISecretProtector protector in new[] { SecretProtector.For(_folder.File("state.db")), KeyFile() })
        {
            byte[] one = protector.Protect(secret, "purpose");
            byte[] other = protector.Protect(secret, "purpose");
            Assert.NotEqual(one, other);
            Assert.Equal(secret, protector.Unprotect(one, "purpose"));
            Assert.Equal(secret, protector.Unprotect(other, "purpose"));
        }

        Assert.Equal(secret, KeyFile().Unprotect(KeyFile().Protect(secret, ""), ""));
    }

    [Fact]
    public void No_secret_is_seen_in_its_protection()
    {
        byte[] blob = KeyFile().Protect(new string('A', 100), "p");
        Assert.DoesNotContain("AAAA", string.Concat(blob.Where(b => b != 0).Select(b => (char)b)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_changed_bit_anywhere_is_noticed()
    {
        KeyFileProtector protector = KeyFile();
        byte[] blob = protector.Protect("secret", "purpose");
        for (int bit = 0; bit < blob.Length * 8; bit++)
        {
            byte[] changed = [.. blob];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CryptographicException>(() => protector.Unprotect(changed, "purpose"));
        }

        for (int length = 0; length < blob.Length; length++)
        {
            byte[] cut = blob[..length];
            Assert.Throws<CryptographicException>(() => protector.Unprotect(cut, "purpose"));
        }

        Assert.Throws<CryptographicException>(() => protector.Unprotect([.. blob, 0], "purpose"));
    }

    [Fact]
    public void Another_purpose_or_another_key_reads_nothing()
    {
        ISecretProtector platform = SecretProtector.For(_folder.File("state.db"));
        byte[] blob = platform.Protect("secret", "purpose");
        Assert.Throws<CryptographicException>(() => platform.Unprotect(blob, "purpose2"));
        Assert.Throws<CryptographicException>(() => platform.Unprotect(blob, ""));

        byte[] mine = KeyFile().Protect("secret", "purpose");
        KeyFileProtector other = new(new SecretKeyFile(_folder.File("other.key")));
        Assert.Throws<CryptographicException>(() => other.Unprotect(mine, "purpose"));
        other.Protect("", "");
        Assert.Throws<CryptographicException>(() => other.Unprotect(mine, "purpose"));
    }

    [Fact]
    public void A_key_is_made_at_the_first_protection_for_its_owner_alone()
    {
        KeyFileProtector protector = KeyFile();
        Assert.False(File.Exists(KeyPath));
        protector.Protect("secret", "purpose");
        byte[] key = File.ReadAllBytes(KeyPath);

        Assert.Equal(SecretKeyFile.Length, key.Length);
        Assert.True(key.Distinct().Count() > 30);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Owner, File.GetUnixFileMode(KeyPath));
        }

        KeyFile().Protect("another", "purpose");
        Assert.Equal(key, File.ReadAllBytes(KeyPath));
        Assert.Equal([KeyPath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Many_first_uses_make_one_key()
    {
        byte[][] blobs = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() => KeyFile().Protect($"secret {n}", "purpose"))));

        IEnumerable<string> secrets = blobs.Select(b => KeyFile().Unprotect(b, "purpose"));
        Assert.Equal(Enumerable.Range(0, 16).Select(n => $"secret {n}"), secrets);
        Assert.Equal([KeyPath], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_key_of_another_length_is_refused_and_left_alone(int length)
    {
        byte[] blob = KeyFile().Protect("secret", "purpose");
        File.WriteAllBytes(KeyPath, new byte[length]);

        CryptographicException error = Assert.Throws<CryptographicException>(() => KeyFile().Protect("secret", "purpose"));

        Assert.Contains(KeyPath, error.Message, StringComparison.Ordinal);
        Assert.Throws<CryptographicException>(() => KeyFile().Unprotect(blob, "purpose"));
        Assert.Equal(length, new FileInfo(KeyPath).Length);
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        byte[] blob = KeyFile().Protect("secret", "purpose");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(KeyPath, Owner | UnixFileMode.GroupRead);

        CryptographicException error = Assert.Throws<CryptographicException>(() => KeyFile().Unprotect(blob, "purpose"));

        Assert.Contains("chmod 600", error.Message, StringComparison.Ordinal);
        Assert.Throws<CryptographicException>(() => KeyFile().Protect("secret", "purpose"));
        Assert.Equal(Owner | UnixFileMode.GroupRead, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_key_is_refused()
    {
        Directory.CreateDirectory(KeyPath);
        Assert.Throws<CryptographicException>(() => KeyFile().Protect("secret", "purpose"));
    }

    [Fact]
    public void A_key_that_is_gone_is_said_so_and_not_replaced()
    {
        byte[] blob = KeyFile().Protect("secret", "purpose");
        File.Delete(KeyPath);
        Assert.Contains(KeyPath, Assert.Throws<CryptographicException>(() => KeyFile().Unprotect(blob, "purpose")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
    }

    private KeyFileProtector KeyFile() => new(new SecretKeyFile(KeyPath));
}
