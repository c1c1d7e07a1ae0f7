using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Text;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>What becomes of the values that somebody gives, and which are refused before anything is sent.</summary>
public sealed class InputValueTests : JobTest
{
    private const string Secret = "hidden & wörd <1>";

    private static readonly (object? Value, string Text)[] Values =
    [
        ("text", "text"),
        (string.Empty, string.Empty),
        (" blank ", " blank "),
        (null, string.Empty),
        (3, "3"),
        (-1.5, "-1.5"),
        (1.1m, "1.1"),
        (true, "true"),
        (SwitchParameter.Present, "true"),
        (new DateTime(2024, 2, 29, 13, 5, 6, DateTimeKind.Utc), "2024-02-29T13:05:06Z"),
        (new DateTime(2024, 2, 29), "2024-02-29T00:00:00"),
        (new DateTimeOffset(2024, 2, 29, 13, 5, 6, 7, TimeSpan.FromHours(2)), "2024-02-29T13:05:06.007+02:00"),
        (TimeSpan.FromMinutes(90), "01:30:00"),
        (DayOfWeek.Monday, "Monday"),
        (new Uri("http://x/%20y"), "http://x/%20y"),
        (new object?[] { "a", 2, null, true }, "a\n2\n\ntrue"),
        (new List<string> { "one" }, "one"),
        (Array.Empty<object>(), string.Empty),
        (new object?[] { new object?[] { 1, 2 }, 3 }, "1\n2\n3"),
        (new OrderedDictionary { ["k"] = 1, ["l"] = null }, "k=1\nl="),
        (PSObject.AsPSObject("wrapped"), "wrapped"),
        (PSObject.AsPSObject(new object[] { PSObject.AsPSObject(1), "b" }), "1\nb"),
        (PSObject.AsPSObject(new Hashtable { ["k"] = PSObject.AsPSObject(false) }), "k=false"),
        ("<a & b>\r\n]]>\t\"'", "<a & b>\r\n]]>\t\"'"),
        ("&amp;amp; &#13;", "&amp;amp; &#13;"),
        ("größe 漢字 \U0001F600", "größe 漢字 \U0001F600"),
    ];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task They_become_text_and_arrive_as_it(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        foreach ((object? value, string text) in Values)
        {
            Job("Start-SMRunbook Echo -Parameter $p", ("p", new Hashtable { ["TEXT"] = value }));
            Assert.Equal("Text=" + text, ValuesOf(Board.All[^1]));
            Job("Start-SMRunbook Echo -Text $v", ("v", value));
            Assert.Equal("Text=" + text, ValuesOf(Board.All[^1]));
        }

        // What is kept and shown is the same.
        Assert.Equal(Values.SelectMany(v => new[] { v.Text, v.Text }).Reverse(), ManyJobs("Get-SMRunbookJob").Select(j => j.Parameter["text"]));
    }

    [Fact]
    public async Task A_separator_stands_between_elements()
    {
        await PrepareAsync();

        Job("Start-SMRunbook Echo -Text a,b,3 -Separator ';'");
        Job("Start-SMRunbook Echo -Text a,b -Separator ''");
        Job("Start-SMRunbook Echo -Separator ', ' -Parameter $p", ("p", new Hashtable { ["Text"] = new OrderedDictionary { ["x"] = new[] { 1, 2 }, ["y"] = 3 } }));

        Assert.Equal(["Text=a;b;3", "Text=ab", "Text=x=1, 2, y=3"], Board.All.Select(ValuesOf));
    }

    [Theory]
    [InlineData("Reset", "Compter Name", "ParameterUnknown", @"The runbook '\Jobs\Reset' has no input 'Compter Name'. Did you mean 'Computer Name'?")]
    [InlineData("Reset", "ComputerName", "ParameterUnknown", "Did you mean 'Computer Name'?")]
    [InlineData("Reset", "Something else", "ParameterUnknown", "has no input 'Something else'. Its inputs are 'Computer Name', 'User'.")]
    [InlineData("Reset", "Result", "ParameterUnknown", "has no input 'Result'.")]
    [InlineData("Plain", "User", "ParameterUnknown", @"The runbook '\Jobs\Plain' has no input 'User'. It has no inputs.")]
    [InlineData("Reset", "User", "ParameterMissing", "without a value for 'Computer Name'")]
    public async Task A_wrong_name_is_told_with_those_that_there_are(string runbook, string name, string id, string part)
    {
        await PrepareAsync();

        Assert.Contains(part, RefusedToStart(id + Start, $"Start-SMRunbook {runbook} -Parameter $p", ("p", new Hashtable { [name] = "x" })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_twice_is_refused()
    {
        await PrepareAsync(ConnectorProtocol.WebApi);
        Hashtable twice = new(StringComparer.Ordinal) { ["User"] = 1, ["uSER"] = 2 };

        Assert.Contains("is given twice; names are compared in any case", RefusedToStart("ParameterGivenTwice" + Start, "Start-SMRunbook Reset -Parameter $p", ("p", twice)), StringComparison.Ordinal);
        Assert.Contains(@"'User' of the runbook '\Jobs\Reset'", RefusedToStart("ParameterGivenTwice" + Start, "Start-SMRunbook Reset -User x -Parameter $p", ("p", new Hashtable { ["User"] = 1 })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0001, 2)]
    [InlineData(0x0000, 1)]
    [InlineData(0xFFFF, 3)]
    [InlineData(0xD83D, 2)]
    public async Task What_XML_cannot_carry_is_refused_by_name_and_position(int code, int position)
    {
        string value = new string('x', position - 1) + (char)code + "y";
        string part = $"U+{code:X4} at position {position};";
        foreach (ConnectorProtocol protocol in new[] { ConnectorProtocol.Atom, ConnectorProtocol.WebApi })
        {
            if (protocol == ConnectorProtocol.WebApi)
            {
                Good("Remove-OrchestratorConnector Berlin -Confirm:$false");
            }

            await PrepareAsync(protocol);
            string message = RefusedToStart("ParameterValueInvalid" + Start, "Start-SMRunbook Echo -Text $v", ("v", value));
            Assert.Contains("The value of 'Text'", message, StringComparison.Ordinal);
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_password_is_not_sent_in_clear_by_mistake()
    {
        await PrepareAsync(ConnectorProtocol.WebApi);
        PSCredential credential = CredentialOf("anna", Secret);
        foreach (object value in new object[]
        {
            credential,
            credential.Password,
            PSObject.AsPSObject(credential.Password),
            new object[] { "a", credential.Password },
            new Hashtable { ["k"] = credential },
            PSObject.AsPSObject(new object[] { new object[] { PSObject.AsPSObject(credential) } }),
        })
        {
            string message = RefusedToStart("SecretNotAllowed" + Start, "Start-SMRunbook Echo -Text $v", ("v", value));
            Assert.Contains("The value of 'Text' is a secret.", message, StringComparison.Ordinal);
            Assert.Contains("-AllowPlainTextSecret", message, StringComparison.Ordinal);
            RefusedToStart("SecretNotAllowed" + Start, "Start-SMRunbook Echo -Parameter $p", ("p", new Hashtable { ["Text"] = value }));
            RefusedToStart("SecretNotAllowed" + Start, "$o | Start-SMRunbook Echo", ("o", CustomObject.Of(("Text", value))));
        }

        ErrorRecord error = Refused("SecretNotAllowed" + Invoke, "Invoke-SMRunbook Echo -Text $v", ("v", credential));
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task One_that_may_be_sent_is_seen_nowhere_but_at_the_server(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        PSCredential credential = CredentialOf("anna", Secret);
        Shell.Confirmation = _ => ShellAnswer.Yes;

        ShellResult whatIf = Run("Start-SMRunbook Reset -ComputerName $s -User anna -AllowPlainTextSecret -WhatIf -Verbose", ("s", credential.Password));
        Assert.Equal([@"What if: Performing the operation ""Start runbook"" on target ""\Jobs\Reset (Computer Name=********, User=anna)""."], whatIf.WhatIf);
        Assert.Equal(0, Board.Started);

        // The runbook gives it back as its output.
        ShellResult run = Run("Invoke-SMRunbook Reset -ComputerName $s -User anna -AllowPlainTextSecret -Verbose -Debug -Confirm", ("s", credential));

        AssertGood(run);
        Assert.Equal($"Computer Name={Secret};User=anna", ValuesOf(Assert.Single(Board.All)));
        Assert.Contains("Computer Name=********", Assert.Single(run.Prompts).Message, StringComparison.Ordinal);
        SMRunbookJob job = JobOf(Assert.Single(run.Output));
        Assert.Equal("********", job.Parameter["Computer Name"]);
        Assert.Equal("anna", job.Parameter["User"]);
        Assert.DoesNotContain("hidden", string.Join('\n', run.Verbose.Concat(run.Debug).Concat(run.Progress.Select(p => p.StatusDescription))), StringComparison.Ordinal);
        SMRunbookJob kept = Job("Get-SMRunbookJob");
        Assert.Equal("********", kept.Parameter["Computer Name"]);
        Assert.Equal("********", kept.Output["Result"]);
        AssertNotOnDisk("hidden");
    }

    [Fact]
    public async Task One_within_an_array_hides_the_whole_value()
    {
        await PrepareAsync();

        ShellResult result = Run("Start-SMRunbook Echo -Text $v -AllowPlainTextSecret", ("v", new object[] { "open", CredentialOf("a", Secret).Password }));

        AssertGood(result);
        Assert.Equal("Text=open\n" + Secret, ValuesOf(Assert.Single(Board.All)));
        Assert.Equal("********", JobOf(Assert.Single(result.Output)).Parameter["Text"]);
        AssertNotOnDisk("hidden");
    }

    [Fact]
    public async Task An_error_of_the_runbook_or_the_server_that_quotes_it_is_kept_without_it()
    {
        await PrepareAsync(more: source => source.Edit(source.Runbooks.Single(r => r.Name == "Echo").Id, r => r.ActivityNames = ["Start", "Sign in", "Return Data"]));
        Board.Script = _ => JobScript.Fails("Sign in", $"'{Secret}' is no password of anna's.");
        PSCredential credential = CredentialOf("anna", Secret);

        ShellResult failed = Run("Invoke-SMRunbook Echo -Text $s -AllowPlainTextSecret", ("s", credential));
        Server.Faults.Add(Fault.Status(400).WithMessage($"The value {Secret} is refused.").Method("POST"));
        ShellResult refused = Run("Invoke-SMRunbook Echo -Text $s -AllowPlainTextSecret", ("s", credential));

        Assert.Equal("RunbookFailed" + Invoke, Assert.Single(failed.Errors).FullyQualifiedErrorId);
        Assert.Contains("'********' is no password", failed.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("StartRejected" + Invoke, (refused.TerminatingError ?? Assert.Single(refused.Errors)).FullyQualifiedErrorId);
        string everything = string.Join('\n', failed.Errors.Concat(refused.Errors).Select(e => e.Exception.ToString()));
        Assert.DoesNotContain("hidden", everything, StringComparison.Ordinal);
        Assert.All(ManyJobs("Get-SMRunbookJob"), j => Assert.Contains("********", j.Error, StringComparison.Ordinal));
        AssertNotOnDisk("hidden");
    }

    private void AssertNotOnDisk(string text)
    {
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(StatePath)!))
        {
            byte[] bytes = File.ReadAllBytes(file);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)));
        }
    }
}
