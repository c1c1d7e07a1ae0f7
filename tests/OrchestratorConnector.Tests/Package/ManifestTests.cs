using System;
using System.IO;
using OrchestratorConnector.Pack;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>The manifest as it is shipped: that of the sources, with the notes of its version and the links that were given.</summary>
public sealed class ManifestTests
{
    private const string Source = """
        @{
            ModuleVersion = '1.2.3'
            CmdletsToExport = @(
                'Get-A'
                'Set-A'
            )
            PrivateData = @{
                PSData = @{
                    ReleaseNotes = 'See CHANGELOG.md.'
                }
            }
        }
        """;

    [Fact]
    public void Staging_changes_nothing_but_the_place_of_the_notes()
    {
        ModuleManifest staged = Staged();
        string source = Repository.Manifest.ReplaceLineEndings("\n");
        string[] around = source.Split("ReleaseNotes = 'See CHANGELOG.md.'");

        string text = File.ReadAllText(Path.Combine(Repository.Stage, "OrchestratorConnector.psd1"));
        Assert.Equal(2, around.Length);
        Assert.StartsWith(around[0], text, StringComparison.Ordinal);
        Assert.EndsWith(around[1], text, StringComparison.Ordinal);
        Assert.Equal(Repository.Version, staged.Version);
    }

    [Fact]
    public void The_notes_are_those_of_the_changelog()
    {
        string changelog = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")).ReplaceLineEndings("\n");
        string? notes = Staged().Value("ReleaseNotes");

        Assert.False(string.IsNullOrEmpty(notes));
        Assert.Contains(notes, changelog, StringComparison.Ordinal);
        Assert.Equal(Changelog.Read(Path.Combine(Repository.Root, "CHANGELOG.md")).NotesOf(Repository.Version), notes);
    }

    [Fact]
    public void The_staged_manifest_says_how_it_is_encoded()
        => Assert.Equal<byte>([0xEF, 0xBB, 0xBF], File.ReadAllBytes(Path.Combine(Repository.Stage, "OrchestratorConnector.psd1"))[..3]);

    [Theory]
    [InlineData("- One; two % three $x `code` \"quoted\" \\Folder\\Runbook.")]
    [InlineData("- It's 'so', ‘and’ ‚so‛ →.")]
    [InlineData("- First line\n  and its second.\n\n### A heading\n\n- More.")]
    public void Notes_come_back_as_they_were(string notes)
    {
        ModuleManifest staged = Stage($"# Changelog\n\n## 1.2.3 - today\n\n{notes}\n\n## 1.2.2 - before\n\n- Old.\n");

        Assert.Equal(notes, staged.Value("ReleaseNotes"));
        Assert.Equal(["Get-A", "Set-A"], staged.List("CmdletsToExport"));
    }

    [Fact]
    public void Links_are_written_where_they_are_given()
    {
        ModuleManifest staged = Stage("## 1.2.3\n\n- New.\n", "https://example.org/project", "https://example.org/license");

        Assert.Equal("https://example.org/project", staged.Value("ProjectUri"));
        Assert.Equal("https://example.org/license", staged.Value("LicenseUri"));
        Assert.Equal("- New.", staged.Value("ReleaseNotes"));
    }

    [Fact]
    public void Links_that_are_not_given_are_not_written()
    {
        ModuleManifest staged = Stage("## 1.2.3\n\n- New.\n");

        Assert.Null(staged.Value("ProjectUri"));
        Assert.Null(staged.Value("LicenseUri"));
    }

    [Theory]
    [InlineData("## 1.2.4\n\n- New.\n", "'1.2.4'")]
    [InlineData("## 1.2.30\n\n- New.\n", "'1.2.30'")]
    [InlineData("## 1.2.3\n\n\n## 1.2.2\n\n- Old.\n", "nothing about 1.2.3")]
    [InlineData("Nothing yet.\n", "''")]
    public void A_changelog_without_notes_of_the_version_is_refused(string changelog, string said)
        => Assert.Contains(said, Assert.Throws<PackException>(() => Stage(changelog)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("somewhere")]
    [InlineData("file:///home")]
    public void A_link_that_is_no_page_is_refused(string address)
        => Assert.Contains(address, Assert.Throws<PackException>(() => Stage("## 1.2.3\n\n- New.\n", address)).Message, StringComparison.Ordinal);

    private static ModuleManifest Staged() => ModuleManifest.Read(Path.Combine(Repository.Stage, "OrchestratorConnector.psd1"));

    /// <summary>Stages <see cref="Source"/>, writes it and reads it again.</summary>
    private static ModuleManifest Stage(string changelog, string project = "", string license = "")
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("manifest-");
        try
        {
            string changelogPath = Path.Combine(folder.FullName, "CHANGELOG.md");
            string source = Path.Combine(folder.FullName, "source.psd1");
            string target = Path.Combine(folder.FullName, "target.psd1");
            File.WriteAllText(changelogPath, changelog);
            File.WriteAllText(source, Source);
            ModuleManifest.Read(source).Stage(Changelog.Read(changelogPath), project, license).Write(target);
            return ModuleManifest.Read(target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
