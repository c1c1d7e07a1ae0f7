using System;
using System.IO;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Files;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Files;

/// <summary>A file is written whole or not at all.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_is_written_and_nothing_stays_beside_it()
    {
        Write("new", mayReplace: false);

        Assert.Equal("new", Content());
        Only("file.json");
    }

    [Fact]
    public void One_that_is_there_is_replaced()
    {
        File.WriteAllText(Path, "a longer text than the new one");

        Write("new");

        Assert.Equal("new", Content());
        Only("file.json");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_writer_that_fails_half_way_leaves_what_was_there(bool isThere)
    {
        if (isThere)
        {
            File.WriteAllText(Path, "old");
        }

        InvalidOperationException cause = new("half way");
        Exception thrown = Assert.Throws<InvalidOperationException>(() => Target().Write(
            stream =>
            {
                stream.Write(new byte[100_000]);
                throw cause;
            },
            CancellationToken.None));

        Assert.Same(cause, thrown);
        Left(isThere);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void So_does_one_that_is_cancelled_while_it_writes(bool isThere)
    {
        if (isThere)
        {
            File.WriteAllText(Path, "old");
        }

        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => Target().Write(
            stream =>
            {
                stream.WriteByte(1);
                stop.Cancel();
            },
            stop.Token));

        Left(isThere);
    }

    [Fact]
    public void While_it_is_written_the_old_one_can_be_read()
    {
        File.WriteAllText(Path, "old");
        string? seen = null;

        Target().Write(
            stream =>
            {
                stream.Write("new"u8);
                stream.Flush();
                seen = Content();
            },
            CancellationToken.None);

        Assert.Equal("old", seen);
        Assert.Equal("new", Content());
    }

    [Fact]
    public void One_that_may_not_be_replaced_is_not()
    {
        File.WriteAllText(Path, "old");

        Refused("OutputExists", ErrorKind.AlreadyExists, Target(mayReplace: false));

        Left(true);
    }

    [Fact]
    public void Neither_is_one_that_came_while_it_was_written()
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => Target(mayReplace: false).Write(
            _ => File.WriteAllText(Path, "old"), CancellationToken.None));

        Assert.Equal("OutputExists", error.Id);
        Left(true);
    }

    [Fact]
    public void A_read_only_one_is_replaced_by_force_alone_and_stays_so()
    {
        File.WriteAllText(Path, "old");
        File.SetAttributes(Path, FileAttributes.ReadOnly);

        Refused("OutputReadOnly", ErrorKind.PermissionDenied, Target());
        Assert.Equal("old", Content());
        Write("new", isForced: true);

        Assert.Equal("new", Content());
        Assert.True((File.GetAttributes(Path) & FileAttributes.ReadOnly) != 0);
        Only("file.json");
        File.SetAttributes(Path, FileAttributes.Normal);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        Directory.CreateDirectory(Path);

        Refused("OutputNotWritable", ErrorKind.FileFailed, Target());
        Only("file.json");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_by_its_name()
    {
        string folder = _folder.File("no such folder");

        OrchestratorException error = Refused("OutputFolderMissing", ErrorKind.NotFound, new OutputFile(System.IO.Path.Combine(folder, "file.json"), true, false));

        Assert.Equal(folder, error.Target);
        Only();
    }

    [Fact]
    public void What_the_system_refuses_is_an_error_with_its_cause()
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => new OutputFile(_folder.File(new string('n', 300)), true, false).Write(_ => { }, CancellationToken.None));

        Assert.Equal(("OutputNotWritable", ErrorKind.FileFailed), (error.Id, error.Kind));
        Assert.IsAssignableFrom<IOException>(error.InnerException);
        Only();
    }

    [Fact]
    public void Rights_stay_what_they_were()
    {
        if (OperatingSystem.IsWindows())
        {
            // There the file system does that by itself.
            return;
        }

        File.WriteAllText(Path, "old");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Write("new");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    private string Path => _folder.File("file.json");

    private OutputFile Target(bool mayReplace = true, bool isForced = false) => new(Path, mayReplace, isForced);

    private void Write(string text, bool mayReplace = true, bool isForced = false) =>
        Target(mayReplace, isForced).Write(stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), CancellationToken.None);

    private string Content() => File.ReadAllText(Path);

    private void Left(bool isThere)
    {
        if (isThere)
        {
            Assert.Equal("old", Content());
            Only("file.json");
        }
        else
        {
            Only();
        }
    }

    private void Only(params string[] names) =>
        Assert.Equal(names, new DirectoryInfo(_folder.Path).EnumerateFileSystemInfos().Select(f => f.Name));

    private static OrchestratorException Refused(string id, ErrorKind kind, OutputFile file)
    {
        OrchestratorException before = Assert.Throws<OrchestratorException>(file.Check);
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => file.Write(_ => Assert.Fail("It was written."), CancellationToken.None));

        Assert.Equal((id, kind), (before.Id, before.Kind));
        Assert.Equal((id, kind), (error.Id, error.Kind));
        return error;
    }
}
