using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Transfer.Json;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Transfer;

/// <summary>JSON by the letter: what is written can be read, what is no JSON is said with its place.</summary>
public sealed class JsonTests
{
    [Theory]
    [InlineData("", 1, 1, "a value was expected, and the file ends")]
    [InlineData("  \n ", 2, 2, "a value was expected, and the file ends")]
    [InlineData("{", 1, 2, "the name of a property")]
    [InlineData("{\"a\":1", 1, 7, "',' or '}' was expected, and the file ends")]
    [InlineData("{\"a\":1,}", 1, 8, "the name of a property")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3, "',' or '}' was expected")]
    [InlineData("{\"a\" 1}", 1, 6, "':' was expected")]
    [InlineData("{a:1}", 1, 2, "in double quotes")]
    [InlineData("{'a':1}", 1, 2, "in double quotes")]
    [InlineData("[1,]", 1, 4, "a value was expected")]
    [InlineData("[1 2]", 1, 4, "',' or ']' was expected")]
    [InlineData("[1", 1, 3, "the file ends")]
    [InlineData("{} x", 1, 4, "something follows")]
    [InlineData("{}{}", 1, 3, "something follows")]
    [InlineData("// c\n{}", 1, 1, "a value was expected")]
    [InlineData("\"abc", 1, 5, "a text has no end")]
    [InlineData("\"a\nb\"", 1, 3, "not escaped")]
    [InlineData("\"a\tb\"", 1, 3, "not escaped")]
    [InlineData("\"\\q\"", 1, 3, "a backslash begins nothing")]
    [InlineData("\"C:\\Temp\"", 1, 5, "written twice")]
    [InlineData("\"\\u12\"", 1, 3, "four hexadecimal digits")]
    [InlineData("\"\\u12 4\"", 1, 3, "four hexadecimal digits")]
    [InlineData("\"\\", 1, 3, "a backslash begins nothing")]
    [InlineData("tru", 1, 1, "a value was expected")]
    [InlineData("True", 1, 1, "a value was expected")]
    [InlineData("truee", 1, 5, "something follows")]
    [InlineData("-", 1, 2, "a digit was expected")]
    [InlineData("01", 1, 2, "something follows")]
    [InlineData("1.", 1, 3, "a digit was expected")]
    [InlineData("1e", 1, 3, "a digit was expected")]
    [InlineData("+1", 1, 1, "a value was expected")]
    [InlineData("NaN", 1, 1, "a value was expected")]
    [InlineData("\u00A01", 1, 1, "a value was expected")]
    public void What_is_no_json_is_said_with_its_place(string text, int line, int position, string why)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => JsonParser.Parse(text, "x.json"));

        Assert.Equal(("ImportMalformed", ErrorKind.InvalidData, (object)"x.json"), (error.Id, error.Kind, error.Target));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"in line {line} at position {position}: "), error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_cut_off_is_no_document()
    {
        const string Text = """{"a": [1, -2.5e+3, true, false, null, "\u00fc\n"], "b": {}}""";
        JsonParser.Parse(Text, "x");

        Assert.All(Enumerable.Range(0, Text.Length), length => Assert.Throws<OrchestratorException>(() => JsonParser.Parse(Text[..length], "x")));
    }

    [Fact]
    public void Nesting_has_a_bound()
    {
        JsonParser.Parse(new string('[', 30) + new string(']', 30), "x");

        OrchestratorException error = Assert.Throws<OrchestratorException>(() => JsonParser.Parse(new string('[', 1_000_000), "x"));
        Assert.Equal("ImportMalformed", error.Id);
        Assert.Contains("too deeply", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_know_what_they_are_and_where()
    {
        JsonValue root = JsonParser.Parse("{ \"a\" : [1, \"x\",\r\n null ] ,\n\"b\":true, \"a\":-1.5E-2, \"c\": {}, \"d\": [], \"e\": false}", "x");

        Assert.Equal(["a", "b", "a", "c", "d", "e"], root.Members.Select(m => m.Key));
        Assert.Equal([JsonKind.Array, JsonKind.True, JsonKind.Number, JsonKind.Object, JsonKind.Array, JsonKind.False], root.Members.Select(m => m.Value.Kind));
        Assert.Equal([JsonKind.Number, JsonKind.Text, JsonKind.Null], root.Members[0].Value.Items.Select(i => i.Kind));
        Assert.Equal([1, 1, 2], root.Members[0].Value.Items.Select(i => i.Line));
        Assert.Equal((3, "-1.5E-2"), (root.Members[2].Value.Line, root.Members[2].Value.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"quoted\" and \\ and / and 'single'")]
    [InlineData("Größe 漢字 🚀 á é")]
    [InlineData("one\r\ntwo\nthree\rfour\tfive\b\f")]
    [InlineData("\0\u0001\u001F\u007F\u0085\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF")]
    [InlineData("half \uD83D and the other \uDE80 and wrong order \uDE80\uD83D")]
    [InlineData("<a href='x'>&amp;</a> ${x} $(x) `n {0}")]
    public void A_text_comes_back_as_it_was(string text)
    {
        string written = Print(json => json.Object(() => json.Text(text, text)));

        JsonValue root = JsonParser.Parse(written, "x");
        Assert.Equal((text, text), (root.Members.Single().Key, root.Members.Single().Value.Text));
        // As bytes, which half a surrogate pair would not survive.
        Assert.Equal(written, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(written)));
    }

    [Fact]
    public void Only_what_has_to_be_is_escaped() =>
        Assert.Equal("{\n  \"Url\": \"http://sco:81/ü🚀<'&>\\\\ \\\" \\n\\u0001\"\n}", Print(json => json.Object(() => json.Text("Url", "http://sco:81/ü🚀<'&>\\ \" \n\u0001"))));

    [Fact]
    public void It_is_laid_out_one_member_a_line()
    {
        string written = Print(json => json.Object(() =>
        {
            json.Array("None", () => { });
            json.Object("Empty", () => { });
            json.Array("Two", () =>
            {
                json.Object(() => json.Flag("Is", true));
                json.Text("x");
            });
            json.Text("Null", null);
            json.Number("Number", -7);
        }));

        Assert.Equal(
            """
            {
              "None": [],
              "Empty": {},
              "Two": [
                {
                  "Is": true
                },
                "x"
              ],
              "Null": null,
              "Number": -7
            }
            """.ReplaceLineEndings("\n"),
            written);
    }

    private static string Print(Action<JsonPrinter> write)
    {
        using StringWriter text = new() { NewLine = "\r\n" };
        write(new JsonPrinter(text));
        return text.ToString();
    }
}
