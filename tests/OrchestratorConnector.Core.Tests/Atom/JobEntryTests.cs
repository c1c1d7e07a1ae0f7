using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Atom;
using Xunit;

namespace OrchestratorConnector.Core.Tests.AtomFeeds;

/// <summary>The entries that start and stop jobs, and the document of inputs inside of one.</summary>
public sealed class JobEntryTests
{
    private static readonly Guid Id = Guid.Parse("00112233-4455-6677-8899-AABBCCDDEEFF");

    public static TheoryData<string> Values => ["", " ", "\r", "\n", "\r\n", "\t x \t", "a & b", "<b>", "]]>", "&amp;", "\"'", "🚀 漢字", "\u0085\u2028", "</Value>"];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_read_back_by_any_reader_of_xml(string value)
    {
        Assert.Equal(value, ValueOf(Inner(value, ParameterEncoding.Once)));
    }

    // Un-escaped once more before it is read as XML.
    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_for_a_server_of_the_other_reading_is_read_back_by_it(string value)
    {
        string once = ValueOf(Inner(value, ParameterEncoding.Twice));

        Assert.Equal(value, ValueOf($"<Data><Parameter><Value>{once}</Value></Parameter></Data>"));
    }

    [Fact]
    public void The_document_has_ids_in_braces_in_the_order_given()
    {
        Assert.Equal(
            "<Data><Parameter><ID>{00112233-4455-6677-8899-aabbccddeeff}</ID><Value>1 &lt; 2</Value></Parameter>"
                + "<Parameter><ID>{00000000-0000-0000-0000-000000000000}</ID><Value></Value></Parameter></Data>",
            JobParametersXml.Write([new JobParameter("A", Id, "1 < 2"), new JobParameter("B", Guid.Empty, "")], ParameterEncoding.Once));
        Assert.Equal("<Data></Data>", JobParametersXml.Write([], ParameterEncoding.Twice));
    }

    [Theory]
    [InlineData("&", true)]
    [InlineData("<", true)]
    [InlineData("a\rb", true)]
    [InlineData("]]>", true)]
    [InlineData("", false)]
    [InlineData("> ' \" \n \t ü 🚀 ]] ]>", false)]
    public void What_tells_is_what_two_readings_make_two_things_of(string value, bool isTelling)
    {
        Assert.Equal(isTelling, JobParametersXml.IsTelling(value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("no xml")]
    [InlineData("<Data><Parameter><ID>{x}</ID><Value>a & b</Value></Parameter></Data>")]
    [InlineData("<Data><Parameter><Value>a")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><Data/>")]
    public void What_is_no_document_shows_no_inputs(string? xml)
    {
        Assert.Null(JobParametersXml.Read(xml));
    }

    [Fact]
    public void Inputs_are_read_with_names_ids_and_values_in_any_order()
    {
        IReadOnlyList<JobParameter>? read = JobParametersXml.Read("""
            <?xml version="1.0"?>
            <Data xmlns="urn:x">
              <Parameter><Name>A</Name><ID>{00112233-4455-6677-8899-aabbccddeeff}</ID><Value>1 &lt; 2&#xD;
            </Value></Parameter>
              <Parameter><value/><Other>x</Other><id>no id</id><name>B</name></Parameter>
              <Parameter/>
              <!-- nothing -->
              <Parameter></Parameter>
            </Data>
            """);

        Assert.Equal([new JobParameter("A", Id, "1 < 2\r\n"), new JobParameter("B", Guid.Empty, ""), new JobParameter("", Guid.Empty, "")], read);
        Assert.Empty(JobParametersXml.Read("<Data/>")!);
    }

    [Fact]
    public void An_entry_without_more_has_no_more()
    {
        XElement properties = Properties(JobEntryWriter.Start(new JobRequest { RunbookId = Id }));

        XElement only = Assert.Single(properties.Elements());
        Assert.Equal(("RunbookId", "00112233-4455-6677-8899-aabbccddeeff"), (only.Name.LocalName, only.Value));
        Assert.Equal("Edm.Guid", only.Attribute(AtomMeta + "type")!.Value);
    }

    [Fact]
    public void Names_of_machines_stand_in_one_text()
    {
        XElement properties = Properties(JobEntryWriter.Start(new JobRequest { RunbookId = Id, RunbookServers = ["RBS<1>", "Größe"] }));

        Assert.Equal("RBS<1>,Größe", properties.Elements().Single(e => e.Name.LocalName == "RunbookServers").Value);
    }

    private static XNamespace AtomMeta => "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";

    /// <summary>The document of inputs as a server has it that has read the entry.</summary>
    private static string Inner(string value, ParameterEncoding encoding)
    {
        byte[] entry = JobEntryWriter.Start(new JobRequest { RunbookId = Id, Parameters = [new JobParameter("A", Id, value)], Encoding = encoding });
        return Properties(entry).Elements().Single(e => e.Name.LocalName == "Parameters").Value;
    }

    private static XElement Properties(byte[] entry)
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(entry));
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Descendants(AtomMeta + "properties").Single();
    }

    private static string ValueOf(string document)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(document));
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Descendants("Value").Single().Value;
    }
}
