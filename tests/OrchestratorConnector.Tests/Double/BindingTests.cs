using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Security;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class BindingTests : IDisposable
{
    private readonly Shell _shell = new(typeof(BindingTests).Assembly);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Names_prefixes_aliases_and_colons_bind()
    {
        GetDoubleGadgetCommand bound = Get("Get-DoubleGadget -Label 'a b','it''s' -Cou 3 -Color:darkgreen -Force:$false -Wait 0:0:5 -Url http://host/x");

        Assert.Equal(["a b", "it's"], bound.Name!);
        Assert.Equal(3, bound.Count);
        Assert.Equal(GadgetColor.DarkGreen, bound.Color);
        Assert.False(bound.Force);
        Assert.Equal(TimeSpan.FromSeconds(5), bound.Wait);
        Assert.Equal("http://host/x", bound.Url!.OriginalString);
        Assert.Equal("ByName", bound.ParameterSetName);
        Assert.True(bound.MyInvocation.BoundParameters.ContainsKey("Force"));
    }

    [Fact]
    public void Positions_and_the_default_set_bind()
    {
        GetDoubleGadgetCommand bound = Get("Get-DoubleGadget one 7 -Force");

        Assert.Equal(["one"], bound.Name!);
        Assert.Equal(7, bound.Count);
        Assert.True(bound.Force);
    }

    [Fact]
    public void A_number_keeps_its_form_where_text_is_wanted()
        => Assert.Equal(["007"], Get("Get-DoubleGadget -Name 007").Name!);

    [Fact]
    public void A_mandatory_parameter_chooses_its_set()
        => Assert.Equal("ById", Get("Get-DoubleGadget -Id 6a0ad4ad-7a4f-4a1c-9d3b-2f6f0c7c5e11").ParameterSetName);

    [Fact]
    public void Variables_and_quotes_are_expanded()
    {
        GetDoubleGadgetCommand bound = Get("Get-DoubleGadget -Name \"<$word> `$word \"\"q\"\"\" -Kind $kind", ("word", "w"), ("kind", "Large size"));

        Assert.Equal(["<w> $word \"q\""], bound.Name!);
        Assert.Equal("Large size", bound.Kind);
    }

    [Fact]
    public void Values_bind_in_the_typed_form()
    {
        using SecureString password = new();
        ShellResult result = _shell.Command("Get-DoubleGadget")
            .With("Name", new List<string> { "x", "y" })
            .With("Credential", new PSCredential("u", password))
            .With("Force")
            .Invoke();

        GetDoubleGadgetCommand bound = Assert.IsType<GetDoubleGadgetCommand>(Assert.Single(result.Output));
        Assert.Equal(["x", "y"], bound.Name!);
        Assert.Equal("u", bound.Credential!.UserName);
        Assert.True(bound.Force);
    }

    [Fact]
    public void A_user_name_asks_for_the_credential()
    {
        using SecureString password = new();
        _shell.CredentialPrompt = user => new PSCredential(user + "!", password);

        Assert.Equal("me!", Get("Get-DoubleGadget -Credential me").Credential!.UserName);
    }

    [Theory]
    [InlineData("Get-DoubleGadget -NoSuch 1", "NamedParameterNotFound", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -Co 1", "AmbiguousParameter", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget a 1 b", "PositionalParameterNotFound", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -Name", "MissingArgument", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -Name a -Label b", "ParameterAlreadyBound", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -Count many", "CannotConvertArgumentNoMessage", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -Url a,b", "CannotConvertArgument", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -Force:yes", "CannotConvertArgument", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -Count $null", "ParameterArgumentValidationError", ErrorCategory.InvalidData)]
    [InlineData("Get-DoubleGadget -Count 11", "ParameterArgumentValidationError", ErrorCategory.InvalidData)]
    [InlineData("Get-DoubleGadget -Kind other", "ParameterArgumentValidationError", ErrorCategory.InvalidData)]
    [InlineData("Get-DoubleGadget -Credential me", "ParameterArgumentTransformationError", ErrorCategory.InvalidData)]
    [InlineData("Get-DoubleGadget -Name a -Id 6a0ad4ad-7a4f-4a1c-9d3b-2f6f0c7c5e11", "AmbiguousParameterSet", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -WhatIf", "NamedParameterNotFound", ErrorCategory.InvalidArgument)]
    [InlineData("Get-DoubleGadget -ErrorVariable x", "ParameterBindingFailed", ErrorCategory.WriteError)]
    public void Refusals_have_the_ids_of_the_engine(string line, string id, ErrorCategory category)
    {
        ShellResult result = _shell.Invoke(line);

        ErrorRecord error = Refused(result);
        Assert.Equal(id + "," + typeof(GetDoubleGadgetCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.IsAssignableFrom<ParameterBindingException>(error.Exception);
    }

    [Theory]
    [InlineData("Test-DoubleMandatory", "MissingMandatoryParameter", "missing mandatory parameters: Name Part.")]
    [InlineData("Test-DoubleMandatory a", "MissingMandatoryParameter", "missing mandatory parameters: Part.")]
    [InlineData("Test-DoubleMandatory '' -Part a", "ParameterArgumentValidationErrorEmptyStringNotAllowed", "because it is an empty string")]
    [InlineData("Test-DoubleMandatory $null -Part a", "ParameterArgumentValidationErrorNullNotAllowed", "because it is null")]
    [InlineData("Test-DoubleMandatory a -Part a,''", "ParameterArgumentValidationError", "Cannot validate argument on parameter 'Part'.")]
    [InlineData("Test-DoubleSet", "AmbiguousParameterSet", "Parameter set cannot be resolved")]
    [InlineData("Test-DoubleSet -First a -Third b", "AmbiguousParameterSet", "Parameter set cannot be resolved")]
    [InlineData("Test-DoubleSet -Third b", "MissingMandatoryParameter", "parameters: Second.")]
    public void Mandatory_parameters_are_required(string line, string id, string part)
    {
        ErrorRecord error = Refused(_shell.Invoke(line));

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(part, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_may_be_defined_only_once()
    {
        MetadataException refused = Assert.Throws<MetadataException>(() => _shell.Invoke("Get-DoubleClash"));

        Assert.Contains("'db'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_command_is_said_to_be_so()
    {
        ErrorRecord error = Refused(_shell.Invoke("Get-Nothing"));

        Assert.Equal("CommandNotFoundException", error.FullyQualifiedErrorId);
        Assert.Equal("Get-Nothing", Assert.IsType<CommandNotFoundException>(error.Exception).CommandName);
    }

    [Fact]
    public void The_piped_object_binds_before_its_properties()
    {
        ShellResult result = _shell.Command("Get-DoubleGadget").WithInput(new Gadget { Name = "g", Size = 2 }).Invoke();

        GetDoubleGadgetCommand bound = Assert.IsType<GetDoubleGadgetCommand>(Assert.Single(result.Output));
        Assert.Equal("ByObject", bound.ParameterSetName);
        Assert.Null(bound.Name);
        Assert.True(bound.MyInvocation.ExpectingInput);
    }

    [Fact]
    public void Properties_of_the_piped_object_bind_by_name_and_are_put_back_between_objects()
    {
        ShellResult result = _shell.Command("Get-DoubleGadget").WithInput(Named("Label", "from the pipe")).Invoke();

        Assert.Equal(["from the pipe"], Assert.IsType<GetDoubleGadgetCommand>(Assert.Single(result.Output)).Name!);

        result = _shell.Command("Show-DoubleGadget").WithInput(new Gadget { Name = "a", Size = 4 }, "no gadget", new Gadget { Name = "b", Size = 5 }).Invoke();

        Assert.Equal(["a:4", "b:5"], result.Output);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("InputObjectNotBound," + typeof(ShowDoubleGadgetCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Equal("no gadget", error.TargetObject);
        Assert.True(result.HadErrors);
    }

    [Fact]
    public void An_object_fits_a_parameter_of_many_such_objects()
    {
        Gadget gadget = new() { Name = "g" };

        // A default set that can be completed by a property is settled on before any object is seen.
        Assert.Equal(["Name:g"], _shell.Command("Test-DoubleMany").WithInput(gadget).Invoke().Output);
        Assert.Equal(["InputObject:g"], _shell.Command("Get-DoubleMany").WithInput(gadget).Invoke().Output);
        Assert.Equal(["InputObject:g,g"], _shell.Command("Test-DoubleMany").With("InputObject", new[] { gadget, gadget }).Invoke().Output);
        Assert.Equal(["Name:a", "Name:b"], _shell.Invoke("'a','b' | Test-DoubleMany").Output);
        Assert.Equal(["Name:n"], _shell.Command("Test-DoubleMany").WithInput(Named("Name", "n")).Invoke().Output);
        Assert.Equal("MissingMandatoryParameter," + typeof(TestDoubleManyCommand).FullName, Refused(_shell.Invoke("Test-DoubleMany")).FullyQualifiedErrorId);
    }

    [Fact]
    public void An_override_has_its_own_attributes_only()
    {
        Assert.Equal(["Name:"], _shell.Invoke("Get-DoubleMany").Output);
        Assert.Equal(["Name:a"], _shell.Invoke("'a' | Get-DoubleMany").Output);
    }

    [Fact]
    public void A_line_may_begin_with_values()
    {
        ShellResult result = _shell.Invoke("1,'x' | Select-Object -First 5");

        Assert.Equal([1, "x"], result.Output);
    }

    [Theory]
    [InlineData("Get-DoubleGadget -Name 'open")]
    [InlineData("Get-DoubleGadget -Name (Get-Date)")]
    [InlineData("Get-DoubleGadget |")]
    [InlineData("Get-DoubleGadget ; Get-DoubleGadget")]
    [InlineData("Get-DoubleGadget -Name \"$(1)\"")]
    public void What_cannot_be_read_is_refused(string line)
        => Assert.Throws<FormatException>(() => _shell.Invoke(line));

    [Fact]
    public void The_session_answers_the_cmdlet()
    {
        _shell.Location = System.IO.Path.GetTempPath();
        _shell.Variables["Favourite"] = "blue";
        _shell.KnownCommands.Add("Get-Secret");
        _shell.ScriptHandler = (script, arguments) => [script.Contains("Get-Secret", StringComparison.Ordinal) ? arguments[0] + "'s secret" : null];

        ShellResult result = _shell.Invoke("Get-DoubleSession sub\\file.db -Late 3");

        Dictionary<string, object?> seen = Assert.IsType<Dictionary<string, object?>>(Assert.Single(result.Output));
        Assert.Equal(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "sub", "file.db"), seen["Path"]);
        Assert.Equal("blue", seen["Variable"]);
        Assert.Equal("otherwise", seen["Missing"]);
        Assert.Equal("Get-Secret", seen["Known"]);
        Assert.Null(seen["Unknown"]);
        Assert.Equal("mine's secret", seen["Secret"]);
        Assert.Equal(3, seen["Late"]);
        Assert.Equal("Get-DoubleSession Cmdlet False", seen["Invoked"]);
    }

    [Fact]
    public void A_path_on_an_unknown_drive_is_refused()
    {
        ErrorRecord error = Refused(_shell.Invoke("Get-DoubleSession HKLM:\\Software"));

        Assert.Equal("DriveNotFound," + typeof(GetDoubleSessionCommand).FullName, error.FullyQualifiedErrorId);
    }

    private static PSObject Named(string name, object value)
    {
        PSObject named = new();
        named.Properties.Add(new PSNoteProperty(name, value));
        return named;
    }

    private static ErrorRecord Refused(ShellResult result)
    {
        Assert.Empty(result.Output);
        Assert.True(result.HadErrors);
        return Assert.IsType<ErrorRecord>(result.TerminatingError);
    }

    private GetDoubleGadgetCommand Get(string line, params (string Name, object? Value)[] variables)
    {
        ShellResult result = _shell.Invoke(line, variables);
        Assert.True(result.TerminatingError is null, result.TerminatingError?.ToString());
        return Assert.IsType<GetDoubleGadgetCommand>(Assert.Single(result.Output));
    }
}
