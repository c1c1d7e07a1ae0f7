using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Double;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class FormatterTests : IDisposable
{
    private const string Views = """
        <?xml version="1.0" encoding="utf-8"?>
        <Configuration>
          <ViewDefinitions>
            <View>
              <Name>Gadget.Table</Name>
              <ViewSelectedBy><TypeName>OrchestratorConnector.Tests.Double.Gadget</TypeName></ViewSelectedBy>
              <TableControl>
                <TableHeaders>
                  <TableColumnHeader><Label>Called</Label><Width>8</Width></TableColumnHeader>
                  <TableColumnHeader><Width>6</Width><Alignment>Right</Alignment></TableColumnHeader>
                  <TableColumnHeader><Label>Bar</Label></TableColumnHeader>
                </TableHeaders>
                <TableRowEntries>
                  <TableRowEntry>
                    WRAP
                    <TableColumnItems>
                      <TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem>
                      <TableColumnItem><PropertyName>Size</PropertyName></TableColumnItem>
                      <TableColumnItem><ScriptBlock>[OrchestratorConnector.Tests.Double.GadgetFormat]::Sizes($_)</ScriptBlock></TableColumnItem>
                    </TableColumnItems>
                  </TableRowEntry>
                </TableRowEntries>
              </TableControl>
            </View>
            <View>
              <Name>Gadget.List</Name>
              <ViewSelectedBy><TypeName>OrchestratorConnector.Tests.Double.Gadget</TypeName></ViewSelectedBy>
              <ListControl>
                <ListEntries>
                  <ListEntry>
                    <ListItems>
                      <ListItem><PropertyName>Name</PropertyName></ListItem>
                      <ListItem><Label>How big</Label><PropertyName>Size</PropertyName><FormatString>{0:000}</FormatString></ListItem>
                    </ListItems>
                  </ListEntry>
                </ListEntries>
              </ListControl>
            </View>
          </ViewDefinitions>
        </Configuration>
        """;

    private readonly Shell _shell = new(typeof(FormatterTests).Assembly);
    private readonly string _path = Path.GetTempFileName();

    public void Dispose()
    {
        File.Delete(_path);
        _shell.Dispose();
    }

    [Fact]
    public void A_table_view_prints_as_a_prompt_does()
    {
        Load(Views.Replace("WRAP", "", StringComparison.Ordinal));

        string text = _shell.Formatter.Format([new Gadget { Name = "small", Size = 2 }, new Gadget { Name = "much too long", Size = 10 }]);

        Assert.Equal(
            """

            Called     Size Bar
            ------     ---- ---
            small         2 ##
            much to…     10 ##########


            """,
            text,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_cell_can_wrap()
    {
        Load(Views.Replace("WRAP", "<Wrap/>", StringComparison.Ordinal));

        string[] lines = Lines(_shell.Formatter.Format([new Gadget { Name = "much too long", Size = 1 }]));

        Assert.Equal(["much too      1 #", "long"], lines.Skip(3).Take(2));
    }

    [Fact]
    public void The_list_view_is_there_for_the_asking()
    {
        Load(Views.Replace("WRAP", "", StringComparison.Ordinal));

        ShellResult result = _shell.Command("Format-List").WithInput(new Gadget { Name = "g", Size = 7 }).Invoke();

        Assert.Equal(["", "Name    : g", "How big : 007", "", ""], Lines((string)result.Output[0]!));
    }

    [Fact]
    public void Without_a_view_few_properties_are_a_table_and_many_a_list()
    {
        string table = _shell.Formatter.Format([new { Name = "a", Size = 1 }, new { Name = "b", Size = 22 }]);
        Assert.Equal(["Name Size", "---- ----", "a       1", "b      22"], Lines(_shell.Formatter.FormatTable([new { Name = "a", Size = 1 }, new { Name = "b", Size = 22 }], autoSize: true)).Skip(1).Take(4));
        Assert.StartsWith("Name", Lines(table)[1], StringComparison.Ordinal);

        string list = _shell.Formatter.Format([new { A = 1, Bee = "x", C = new[] { 1, 2, 3, 4, 5 }, D = (string?)null, E = true }]);
        Assert.Equal(["", "A   : 1", "Bee : x", "C   : {1, 2, 3, 4…}", "D   :", "E   : True", "", ""], Lines(list));
    }

    [Fact]
    public void Text_and_numbers_stand_as_they_are()
        => Assert.Equal(["a", "5", ""], Lines(_shell.Formatter.Format(["a", 5, null])));

    [Fact]
    public void Properties_can_be_chosen_at_the_prompt()
    {
        ShellResult result = _shell.Invoke("Get-DoubleGadget a | Format-Table Count,K* -AutoSize | Out-String");

        Assert.Equal(["", "Count Kind", "----- ----", "    1", "", ""], Lines(Assert.IsType<string>(Assert.Single(result.Output))));
    }

    [Fact]
    public void Columns_that_do_not_fit_are_cut_and_dropped()
    {
        _shell.Formatter.Width = 20;

        string[] lines = Lines(_shell.Formatter.FormatTable([new { A = new string('a', 15), B = new string('b', 15), C = "c" }], autoSize: true));

        Assert.Equal("aaaaaaaaaaaaaaa bbb…", lines[3]);
    }

    [Theory]
    [InlineData("[No.Such.Type]::Call($_)")]
    [InlineData("$_.Name")]
    [InlineData("[OrchestratorConnector.Tests.Double.GadgetFormat]::NoSuch($_)")]
    public void A_script_of_another_shape_is_refused(string script)
    {
        string views = Views.Replace("[OrchestratorConnector.Tests.Double.GadgetFormat]::Sizes($_)", script, StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => Load(views));
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private void Load(string views)
    {
        File.WriteAllText(_path, views);
        _shell.Formatter.Load(_path);
    }
}
