using System;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>Values fit the inputs, or nothing is sent.</summary>
public sealed class JobInputsTests
{
    private const string Two = "In Computer, In User name, Out Result";

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public void Names_in_any_case_find_their_inputs_and_ids(ConnectorProtocol protocol)
    {
        LibraryRunbook runbook = Contract.Runbook(Two, protocol);

        JobParameter[] bound = [.. JobInputs.Bind(runbook, [new GivenValue("USER NAME", "anna", IsSecret: true), new GivenValue("computer", "PC1")])];

        RunbookParameter[] inputs = [.. JobInputs.Of(runbook)];
        Assert.Equal(
            [new JobParameter("Computer", inputs[0].Id, "PC1"), new JobParameter("User name", inputs[1].Id, "anna", IsSecret: true)],
            bound);
        Assert.All(bound, p => Assert.NotEqual(Guid.Empty, p.Id));
    }

    [Fact]
    public void What_two_inputs_share_by_name_both_get()
    {
        LibraryRunbook runbook = Contract.Runbook("In name, In NAME");

        Assert.Equal(["x", "x"], JobInputs.Bind(runbook, [new GivenValue("Name", "x")]).Select(p => p.Value));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_near_ones()
    {
        OrchestratorException error = Fails("ParameterUnknown", Contract.Runbook(Two), ("Computr", "x"), ("User name", "x"));

        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        Assert.Equal("Computr", error.Target);
        Assert.Contains(@"'\Ops\Reset' has no input 'Computr'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Computer'", error.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("User name", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_like_none_is_refused_with_all()
    {
        OrchestratorException error = Fails("ParameterUnknown", Contract.Runbook(Two), ("Zzzzzzzz", "x"));

        Assert.Contains("'Computer', 'User name'", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Out Result", "Result")]
    [InlineData("", "Computer")]
    public void An_output_is_no_input(string contract, string name)
    {
        OrchestratorException error = Fails("ParameterUnknown", Contract.Runbook(contract), (name, "x"));

        Assert.Contains("It has no inputs.", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_given_once_in_whatever_case()
    {
        OrchestratorException error = Fails("ParameterGivenTwice", Contract.Runbook(Two), ("Computer", "x"), ("User name", "y"), ("COMPUTER", "x"));

        Assert.Equal("COMPUTER", error.Target);
    }

    [Fact]
    public void The_atom_service_gets_every_input()
    {
        OrchestratorException error = Fails("ParameterMissing", Contract.Runbook("In A, In B, In C"), ("b", "x"));

        Assert.Contains("'A', 'C'", error.Message, StringComparison.Ordinal);
        Assert.Equal("A", error.Target);
        Assert.Empty(JobInputs.Bind(Contract.Runbook("Out A"), []));
    }

    [Fact]
    public void A_generation_that_is_not_known_yet_gets_every_input()
    {
        Fails("ParameterMissing", Contract.Runbook("In A", ConnectorProtocol.Auto));
    }

    [Fact]
    public void The_web_api_gets_what_there_is()
    {
        LibraryRunbook runbook = Contract.Runbook("In A, In B, In C", ConnectorProtocol.WebApi);

        Assert.Equal("B=x", Assert.Single(JobInputs.Bind(runbook, [new GivenValue("b", "x")])).ToString());
    }

    [Fact]
    public void An_empty_text_is_a_value()
    {
        Assert.Equal("", Assert.Single(JobInputs.Bind(Contract.Runbook("In A"), [new GivenValue("A", "")])).Value);
    }

    [Theory]
    [InlineData("\0", 1, "U+0000")]
    [InlineData("ab\u0001", 3, "U+0001")]
    [InlineData("a\u0008b", 2, "U+0008")]
    [InlineData("\t\n\r\u000B", 4, "U+000B")]
    [InlineData("x\u001F", 2, "U+001F")]
    [InlineData("\uFFFE", 1, "U+FFFE")]
    [InlineData("x\uFFFF", 2, "U+FFFF")]
    public void What_xml_cannot_carry_is_refused_by_name_and_position(string value, int position, string code) => Refused(value, position, code);

    // Attributes hold no lone surrogates.
    [Fact]
    public void Half_a_character_is_refused()
    {
        Refused("ab\uD83D", 3, "U+D83D");
        Refused("\uDE80x", 1, "U+DE80");
        Refused("🚀\uD83D🚀", 3, "U+D83D");
        Refused("\uDE80\uD83D", 1, "U+DE80");
    }

    [Theory]
    [InlineData("\t\n\r ~\u007F\u0085\u2028\uD7FF\uE000\uFFFD")]
    [InlineData("🚀 𝄞 \U0010FFFF")]
    public void What_xml_can_carry_passes(string value)
    {
        Assert.Equal(value, Assert.Single(JobInputs.Bind(Contract.Runbook("In A"), [new GivenValue("A", value)])).Value);
    }

    [Fact]
    public void A_refusal_does_not_tell_the_value()
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => JobInputs.Bind(Contract.Runbook("In A"), [new GivenValue("A", "hunter2\0", IsSecret: true)]));

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    private static void Refused(string value, int position, string code)
    {
        OrchestratorException error = Fails("ParameterValueInvalid", Contract.Runbook("In A, In B"), ("a", "fine"), ("b", value));

        Assert.Equal("B", error.Target);
        Assert.Contains($"The value of 'B' holds a character that XML cannot carry, {code} at position {position};", error.Message, StringComparison.Ordinal);
    }

    private static OrchestratorException Fails(string id, LibraryRunbook runbook, params (string Name, string Value)[] values)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => JobInputs.Bind(runbook, [.. values.Select(v => new GivenValue(v.Name, v.Value))]));
        Assert.Equal(id, error.Id);
        return error;
    }
}
