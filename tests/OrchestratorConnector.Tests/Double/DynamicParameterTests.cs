using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Double;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class DynamicParameterTests : IDisposable
{
    private readonly Shell _shell = new(typeof(DynamicParameterTests).Assembly);

    public void Dispose() => _shell.Dispose();

    /// <summary>What is bound, what the cmdlet knew when it was asked for more, and what those parameters say themselves.</summary>
    [Theory]
    [InlineData("Start-DoubleRun a", "ByName Name=a | ByName Name=a |")]
    [InlineData("Start-DoubleRun a -Count 3 -Level low -When 2024-01-02 -Force -Many x,y", "ByName Count=3 Force=True Level=low Many=(x,y) Name=a When=2024-01-02 | ByName Name=a | Count=3 Level=low When=2024-01-02 Force=True Many=(x,y)")]
    [InlineData("Start-DoubleRun -Count 3 a", "ByName Count=3 Name=a | ByName Name=a | Count=3")]
    [InlineData("Start-DoubleRun -Name a -Coun 3", "ByName Count=3 Name=a | ByName Name=a | Count=3")]
    [InlineData("Start-DoubleRun a -Force:$false", "ByName Force=False Name=a | ByName Name=a | Force=False")]
    [InlineData("Start-DoubleRun a -SrvName s", "ByName Name=a Server Name=s | ByName Name=a | Server Name=s")]
    [InlineData("Start-DoubleRun a -SrvN s", "ByName Name=a Server Name=s | ByName Name=a | Server Name=s")]
    [InlineData("Start-DoubleRun a -Any 007", "ByName Any=<Int32> Name=a | ByName Name=a | Any=<Int32>")]
    [InlineData("Start-DoubleRun a -Any 7", "ByName Any=7 Name=a | ByName Name=a | Any=7")]
    [InlineData("Start-DoubleRun -Book $book -Count 2", "ByBook Book=Book:book Count=2 | ByBook Book=Book:book | Count=2")]
    [InlineData("Start-DoubleRun required -Must m", "ByName Must=m Name=required | ByName Name=required | Must=m")]
    [InlineData("Start-DoubleRun sets -OfName x", "ByName Name=sets OfName=x | ByName Name=sets | OfName=x")]
    [InlineData("Start-DoubleRun positions 5 text", "ByName First=5 Name=positions Second=text | ByName Name=positions | First=5 Second=text")]
    [InlineData("Start-DoubleRun rest 5 -NoSuch more", "ByName Name=rest Rest=(5,-NoSuch,more) | ByName Name=rest | Rest=(5,-NoSuch,more)")]
    public void They_bind_after_the_cmdlets_own(string line, string bound) => Assert.Equal([bound], Good(line));

    [Theory]
    [InlineData("Start-DoubleRun a -Serv s", "ByName Name=a Server=s | ByName Name=a Server=s |")]
    [InlineData("Start-DoubleRun -Nam a", "ByName Name=a | ByName Name=a |")]
    [InlineData("Start-DoubleRun a -Retr 3", "ByName Name=a Retry=3 | ByName Name=a Retry=3 |")]
    [InlineData("Start-DoubleRun a -Retri 3", "ByName Name=a Retries=3 | ByName Name=a | Retries=3")]
    [InlineData("Start-DoubleRun a -W", "ByName Name=a Wait=True | ByName Name=a Wait=True |")]
    [InlineData("Start-DoubleRun a -Wh 2024-01-02", "ByName Name=a When=2024-01-02 | ByName Name=a | When=2024-01-02")]
    [InlineData("Start-DoubleRun a -Server -NoSuch", "ByName Name=a Server=-NoSuch | ByName Name=a Server=-NoSuch |")]
    public void A_short_name_means_the_cmdlets_own_if_it_can(string line, string bound) => Assert.Equal([bound], Good(line));

    [Theory]
    [InlineData("$book | Start-DoubleRun", "ByBook Book=Book:book | ByName |")]
    [InlineData("$gadget | Start-DoubleRun a -Count 2", "ByName Count=2 InputObject=<Gadget> Name=a | ByName Name=a | Count=2")]
    [InlineData("$gadget | Start-DoubleRun piped", "ByName InputObject=<Gadget> Length=2 Name=piped | ByName Name=piped | Length=2")]
    [InlineData("$gadget | Start-DoubleRun piped -Size 4", "ByName InputObject=<Gadget> Length=4 Name=piped | ByName Name=piped | Length=4")]
    public void They_are_asked_for_before_the_pipeline(string line, string bound) => Assert.Equal([bound], Good(line));

    [Fact]
    public void A_piped_object_can_lack_what_they_need()
    {
        ShellResult result = Invoke("$custom | Start-DoubleRun piped");

        Assert.StartsWith("InputObjectMissingMandatory,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Start-DoubleRun a @table", "ByName Count=4 Name=a Server Name=s1 | ByName Name=a | Server Name=s1 Count=4")]
    [InlineData("Start-DoubleRun @named @table", "ByName Count=4 Name=a Server Name=s1 | ByName Name=a | Server Name=s1 Count=4")]
    [InlineData("Start-DoubleRun @table -Count 5 a", "ByName Count=5 Name=a Server Name=s1 | ByName Name=a | Server Name=s1 Count=5")]
    [InlineData("Start-DoubleRun a @generic", "ByName Name=a Server Name=s2 | ByName Name=a | Server Name=s2")]
    [InlineData("Start-DoubleRun a @alias", "ByName Name=a Server Name=s2 | ByName Name=a | Server Name=s2")]
    [InlineData("Start-DoubleRun a @switches", "ByName Force=True Name=a Wait=False | ByName Name=a Wait=False | Force=True")]
    [InlineData("Start-DoubleRun a @nulls", "ByName Any=null Name=a | ByName Name=a | Any=null")]
    [InlineData("Start-DoubleRun @list", "ByName First=7 Name=positions Second=z | ByName Name=positions | First=7 Second=z")]
    [InlineData("Start-DoubleRun a @empty", "ByName Name=a | ByName Name=a |")]
    public void Tables_and_lists_are_splatted(string line, string bound) => Assert.Equal([bound], Good(line));

    [Fact]
    public void A_table_can_be_given_as_one()
    {
        ShellResult result = _shell.Command("Start-DoubleRun")
            .Splat(new Hashtable { ["Server Name"] = "s1", ["Name"] = "a" })
            .With("Name", "b")
            .With("Level", "High")
            .Invoke();

        Assert.Equal(["ByName Level=High Name=b Server Name=s1 | ByName Name=b | Server Name=s1 Level=High"], result.Output);
    }

    [Theory]
    [InlineData("Start-DoubleRun a -NoSuch", "NamedParameterNotFound", "'NoSuch'")]
    [InlineData("Start-DoubleRun a -NoSuch 1", "NamedParameterNotFound", "'NoSuch'")]
    [InlineData("Start-DoubleRun a -NoSuch:1", "NamedParameterNotFound", "'NoSuch'")]
    [InlineData("Start-DoubleRun a @unknown", "NamedParameterNotFound", "'No Such'")]
    [InlineData("Start-DoubleRun -Count 3", "NamedParameterNotFound", "'Count'")]
    [InlineData("Resume-DoubleRun b -Extra e", "NamedParameterNotFound", "'Extra'")]
    [InlineData("Start-DoubleRun a extra", "PositionalParameterNotFound", "'extra'")]
    [InlineData("Start-DoubleRun a @list", "PositionalParameterNotFound", "'positions'")]
    [InlineData("Start-DoubleRun a -Path p -Count 3", "PositionalParameterNotFound", "'a'")]
    [InlineData("Start-DoubleRun positions text", "CannotConvertArgumentNoMessage", "'First'")]
    [InlineData("Start-DoubleRun positions text 5", "PositionalParameterNotFound", "'text'")]
    [InlineData("Start-DoubleRun a -Count x", "CannotConvertArgumentNoMessage", "'Count'")]
    [InlineData("Start-DoubleRun a -When never", "CannotConvertArgumentNoMessage", "'When'")]
    [InlineData("Start-DoubleRun a -Count 11", "ParameterArgumentValidationError", "'Count'")]
    [InlineData("Start-DoubleRun a -Count $null", "ParameterArgumentValidationError", "'Count'")]
    [InlineData("Start-DoubleRun a -Level mid", "ParameterArgumentValidationError", "\"Low,High\"")]
    [InlineData("Start-DoubleRun a -Level", "MissingArgument", "'Level'")]
    [InlineData("Start-DoubleRun a -Count 3 -count 4", "ParameterAlreadyBound", "'Count'")]
    [InlineData("Start-DoubleRun a @twice", "ParameterAlreadyBound", "'SrvName'")]
    [InlineData("Start-DoubleRun @named @named", "ParameterAlreadyBound", "'Name'")]
    [InlineData("Start-DoubleRun sets -OfPath x", "ParameterNotInParameterSet", "parameter set 'ByName'")]
    [InlineData("Start-DoubleRun bare -Bare x", "ParameterNotInParameterSet", "'Bare'")]
    [InlineData("Start-DoubleRun required", "MissingMandatoryParameter", "parameters: Must.")]
    [InlineData("$gadget | Start-DoubleRun required", "MissingMandatoryParameter", "parameters: Must.")]
    [InlineData("Resume-DoubleRun a", "MissingMandatoryParameter", "parameters: Extra.")]
    [InlineData("Start-DoubleRun required -Must ''", "ParameterArgumentValidationErrorEmptyStringNotAllowed", "'Must'")]
    [InlineData("Start-DoubleRun early", "GetDynamicParametersException", "The WriteObject and WriteError methods cannot be called")]
    [InlineData("Start-DoubleRun boom", "GetDynamicParametersException", "Cannot retrieve the dynamic parameters for the cmdlet. no luck")]
    public void Refusals_have_the_ids_of_the_engine(string line, string id, string part)
    {
        ShellResult result = Invoke(line);

        Assert.StartsWith(id + ",", result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ParameterBindingException>(result.TerminatingError.Exception);
        Assert.Contains(part, result.TerminatingError.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Start-DoubleRun clash", "ParameterNameAlreadyExistsForCommand")]
    [InlineData("Start-DoubleRun 'alias clash'", "ParameterNameConflictsWithAlias")]
    public void A_name_that_is_taken_is_no_error_of_the_cmdlet(string line, string id)
    {
        ErrorRecord error = Invoke(line).TerminatingError!;

        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.MetadataError, error.CategoryInfo.Category);
    }

    [Fact]
    public void The_cmdlet_may_speak_when_it_is_asked()
        => Assert.Equal(["asked"], Invoke("Start-DoubleRun loud -Verbose").Verbose);

    [Fact]
    public void They_can_be_the_properties_of_an_object()
    {
        Assert.Equal(["a e 5"], Good("Resume-DoubleRun a -Extra e -Size 5"));
        Assert.Equal(["a e 0"], Good("Resume-DoubleRun -Extra e a"));
        Assert.Equal(["  "], Good("Resume-DoubleRun"));
    }

    [Fact]
    public void A_parameter_knows_whether_it_was_set()
    {
        RuntimeDefinedParameter parameter = new("A", typeof(int), null!);

        Assert.False(parameter.IsSet);
        Assert.Empty(parameter.Attributes);
        parameter.Value = "text";
        Assert.True(parameter.IsSet);
        Assert.Equal("text", parameter.Value);
        Assert.True(new RuntimeDefinedParameterDictionary { ["A"] = parameter }.ContainsKey("a"));
        Assert.Throws<PSArgumentException>(() => new RuntimeDefinedParameter("", typeof(int), new Collection<Attribute>()));
        Assert.Throws<PSArgumentNullException>(() => new RuntimeDefinedParameter("A", null!, new Collection<Attribute>()));
    }

    private IReadOnlyList<object?> Good(string line)
    {
        ShellResult result = Invoke(line);
        Assert.Null(result.TerminatingError?.ToString());
        Assert.Empty(result.Errors);
        return result.Output;
    }

    private ShellResult Invoke(string line)
        => _shell.Invoke(
            line,
            ("book", new GadgetBook()),
            ("gadget", new Gadget { Name = "g", Size = 2 }),
            ("custom", CustomObject.Of(("Name", "n"))),
            ("table", new OrderedDictionary { ["Server Name"] = "s1", ["Count"] = 4 }),
            ("generic", new Dictionary<string, object> { ["Server Name"] = "s2" }),
            ("named", new Hashtable { ["Name"] = "a" }),
            ("alias", new Hashtable { ["srvname"] = "s2" }),
            ("switches", new Hashtable { ["Force"] = true, ["Wait"] = false }),
            ("nulls", new Hashtable { ["Any"] = null }),
            ("list", new object[] { "positions", 7, "z" }),
            ("empty", new Hashtable()),
            ("unknown", new Hashtable { ["No Such"] = 1 }),
            ("twice", new OrderedDictionary { ["Server Name"] = "x", ["SrvName"] = "y" }));
}
