using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>The tool of the build that makes the help file of the doc comments.</summary>
public sealed class HelpToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-help-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_comments_are_the_same_bytes()
    {
        string help = Path.Combine(_folder, "en-US", "help.xml");

        Assert.Equal((0, ""), await RunAsync(Copy(_ => { }), help));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Repository.Stage, "en-US", "OrchestratorConnector.dll-Help.xml")), await File.ReadAllBytesAsync(help));
    }

    [Theory]
    [InlineData("T:OrchestratorConnector.Commands.GetSMRunbookCommand", "summary", "Get-SMRunbook : error HELP001: ")]
    [InlineData("P:OrchestratorConnector.Commands.GetSMRunbookCommand.Folder", "summary", "Get-SMRunbook -Folder : error HELP002: ")]
    [InlineData("P:OrchestratorConnector.Commands.ConnectorCmdlet.InputObject", "summary", "Sync-OrchestratorConnector -InputObject : error HELP002: ")]
    [InlineData("T:OrchestratorConnector.Commands.GetSMRunbookCommand", "example", "Get-SMRunbook : error HELP003: The cmdlet has 0 of at least 2 examples")]
    public async Task What_lacks_is_an_error_of_the_build_that_names_it(string member, string part, string message)
    {
        string help = Path.Combine(_folder, "help.xml");
        string assembly = Copy(comments => Member(comments, member).Elements(part).Remove());

        (int code, string error) = await RunAsync(assembly, help);

        Assert.Equal(1, code);
        Assert.Contains(error.Split('\n'), line => line.StartsWith(message, StringComparison.Ordinal) && line.Contains(member.Split(':')[1], StringComparison.Ordinal));
        Assert.False(File.Exists(help));
    }

    [Fact]
    public async Task So_is_what_cannot_become_text()
    {
        string assembly = Copy(comments => Member(comments, "T:OrchestratorConnector.Commands.GetSMRunbookCommand").Element("summary")!.Add(new XElement("blink", "!")));

        (int code, string error) = await RunAsync(assembly, Path.Combine(_folder, "help.xml"));

        Assert.Equal((1, "T:OrchestratorConnector.Commands.GetSMRunbookCommand : error HELP004: The comment has an element <blink>, which cannot become help."), (code, error.Trim()));
    }

    [Fact]
    public async Task References_are_words_and_lines_of_code_keep_their_indentation()
    {
        string help = Path.Combine(_folder, "help.xml");
        string assembly = Copy(comments =>
        {
            XElement member = Member(comments, "T:OrchestratorConnector.Commands.GetSMRunbookCommand");
            member.ReplaceNodes(XElement.Parse(
                """
                <all>
                    <summary>Gives <see langword="null"/> or an <see cref="T:OrchestratorConnector.Output.SMRunbook"/> with its
                    <see cref="P:OrchestratorConnector.Output.SMRunbook.Name"/>, as <c>a  b</c>. See <see cref="T:OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand"/>.</summary>
                    <remarks>One.<para>Two
                    and a half.</para></remarks>
                    <example>
                        <code>
                        Get-SMRunbook |
                            Sort-Object Name
                        </code>
                        <para>First.</para>
                    </example>
                    <example><code>Get-SMRunbook *</code><para>Second.</para></example>
                    <seealso href="about_Wildcards"/>
                </all>
                """,
                LoadOptions.PreserveWhitespace).Nodes());
        });

        Assert.Equal((0, ""), await RunAsync(assembly, help));
        XElement command = XDocument.Load(help).Root!.Elements().Single(c => c.Descendants().First(e => e.Name.LocalName == "name").Value == "Get-SMRunbook");
        string[] Texts(string element, string within) => [.. command.Elements().Where(e => e.Name.LocalName == within).Descendants().Where(e => e.Name.LocalName == element).Select(e => e.Value)];
        Assert.Equal(["Gives $null or an SMRunbook with its Name, as a b."], Texts("para", "details"));
        Assert.Equal(["Gives $null or an SMRunbook with its Name, as a b. See Sync-OrchestratorConnector.", "One.", "Two and a half."], Texts("para", "description"));
        Assert.Equal(["Get-SMRunbook |\n    Sort-Object Name", "Get-SMRunbook *"], Texts("code", "examples"));
        Assert.Contains("about_Wildcards", Texts("linkText", "relatedLinks"));
    }

    [Fact]
    public async Task It_says_what_it_expects()
    {
        (int code, string error) = await RunAsync();

        Assert.Equal(2, code);
        Assert.Contains("error HELP000", error, StringComparison.Ordinal);
    }

    /// <summary>The module's assembly with other comments beside it.</summary>
    private string Copy(Action<XDocument> change)
    {
        string assembly = Path.Combine(Repository.Stage, "lib", "net8.0", "OrchestratorConnector.dll");
        string copy = Path.Combine(_folder, "OrchestratorConnector.dll");
        File.Copy(assembly, copy);
        File.Copy(Path.Combine(Path.GetDirectoryName(assembly)!, "dependencies", "OrchestratorConnector.Core.dll"), Path.Combine(_folder, "OrchestratorConnector.Core.dll"));
        XDocument comments = XDocument.Load(Path.ChangeExtension(Surface.Cmdlets.Module.Location, ".xml"), LoadOptions.PreserveWhitespace);
        change(comments);
        comments.Save(Path.ChangeExtension(copy, ".xml"), SaveOptions.DisableFormatting);
        return copy;
    }

    private static XElement Member(XDocument comments, string name) => comments.Descendants("member").Single(m => m.Attribute("name")!.Value == name);

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments.Prepend(Repository.HelpTool)) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
