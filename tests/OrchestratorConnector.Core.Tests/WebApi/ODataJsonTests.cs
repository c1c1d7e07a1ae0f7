using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.WebApi;
using Xunit;

namespace OrchestratorConnector.Core.Tests.WebApi;

/// <summary>What is written as JSON, and what hangs on an object that is read.</summary>
public sealed class ODataJsonTests
{
    private static readonly Uri Url = new("http://localhost:81/api/Jobs");

    public static TheoryData<string> Values => ["", " ", "\"", "\\", "/", "</script>", "\b\f\n\r\t", "\u007F\u0085\u2028\u2029", "🚀 漢字 ü", "\uFEFF\uFFFD", "{\"a\":1}", "\\u0041"];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_text_is_read_back_by_any_reader_of_json(string value)
    {
        byte[] body = ODataJson.Write(json =>
        {
            json.WriteName("Value");
            json.WriteValue(value);
        });

        using JsonDocument document = JsonDocument.Parse(body);
        Assert.Equal(value, document.RootElement.GetProperty("Value").GetString());
        Assert.Equal((byte)'{', body[0]);
    }

    [Fact]
    public void A_long_text_is_read_back()
    {
        string value = string.Concat(Enumerable.Repeat("ü\"🚀", 50_000));

        using JsonDocument document = JsonDocument.Parse(ODataJson.Write(json =>
        {
            json.WriteName("Value");
            json.WriteValue(value);
        }));

        Assert.Equal(value, document.RootElement.GetProperty("Value").GetString());
    }

    [Theory]
    [InlineData("""{"Id":"1","Runs":[{"Id":"a"},{"Id":"b"}],"Name":"n"}""", "Runs:a Runs:b", "n")]
    [InlineData("""{"Runs":[{"Id":"a","Deep":[{"Id":"x"}],"Deeper":{"Id":"y"}}],"Other":[{"Id":"o"}],"Id":"1","Name":"n"}""", "Runs:a Other:o", "n")]
    [InlineData("""{"Id":"1","Runs":[{"Id":"a"},7,null,[{"Id":"no"}],{"Id":"b"}],"Name":"n"}""", "Runs:a Runs:b", "n")]
    [InlineData("""{"Id":"1","Runs":{"Id":"a"},"Name":"n"}""", "", "n")]
    [InlineData("""{"Id":"1","Runs":null,"Name":"n"}""", "", "n")]
    [InlineData("""{"Id":"1","Name":"n"}""", "", "n")]
    public void What_hangs_on_an_object_is_told_by_the_name_of_its_array(string text, string told, string name)
    {
        (List<string> expanded, EntityReader entity) = Read(text);

        Assert.Equal(told, string.Join(' ', expanded.Where(e => !e.EndsWith(':'))));
        Assert.Equal(("1", name), (entity["Id"], entity["Name"]));
    }

    [Fact]
    public void An_empty_array_is_told_too()
    {
        Assert.Contains("Runs:", Read("""{"Id":"1","Runs":[]}""").Expanded);
        Assert.Empty(Read("""{"Id":"1"}""").Expanded);
    }

    [Theory]
    [InlineData("""{"Id":"1","Runs":[{"Id":"a"}""")]
    [InlineData("""{"Id":"1","Runs":[{"Id":"a"},""")]
    [InlineData("""{"Id":"1","Runs":[""")]
    [InlineData("""{"Id":"1","Runs":[{"Id":""")]
    [InlineData("""{"Id":"1","Runs":[]""")]
    public void A_document_that_is_cut_off_is_no_object(string text)
    {
        Assert.Contains(Assert.Throws<OrchestratorException>(() => Read(text)).Id, new[] { "ResponseMalformed", "ResponseTruncated" });
    }

    private static (List<string> Expanded, EntityReader Entity) Read(string text)
    {
        List<string> expanded = [];
        using ODataJsonReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), Url)
        {
            Expanded = (name, nested) => expanded.Add($"{name}:{nested?["Id"]}"),
        };
        EntityReader entity = new();
        reader.ReadObject(entity);
        return (expanded, entity);
    }
}
