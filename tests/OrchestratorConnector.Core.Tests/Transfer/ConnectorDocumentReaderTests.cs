using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Transfer;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Transfer;

/// <summary>What somebody typed or broke is refused with its place and its reason; what a later version added is skipped.</summary>
public sealed class ConnectorDocumentReaderTests
{
    private const string Connector = "\"Name\": \"A\", \"ServiceUrl\": \"http://sco:81/api\"";
    private const string Activity = "\"Name\": \"R\", \"Connector\": \"A\", \"RunbookPath\": \"\\\\R\", \"RunbookId\": \"00112233-4455-6677-8899-aabbccddeeff\"";

    [Theory]
    [InlineData("[]", "the document in line 1: it is not an object")]
    [InlineData("{}", "the document in line 1: it has no SchemaVersion; a file of Export-OrchestratorConnector has.")]
    [InlineData("{\"SchemaVersion\": null}", "it has no SchemaVersion")]
    [InlineData("{\"SchemaVersion\": \"1\"}", "its SchemaVersion is not a whole number.")]
    [InlineData("{\"SchemaVersion\": 1.5}", "its SchemaVersion is not a whole number.")]
    [InlineData("{\"SchemaVersion\": 99999999999}", "its SchemaVersion is not a whole number.")]
    [InlineData("{\"SchemaVersion\": 0}", "its SchemaVersion is less than 1.")]
    [InlineData("{\"SchemaVersion\": 1,\n\"schemaversion\": 1}", "the document in line 2: it has the property 'schemaversion' twice.")]
    [InlineData("{\"SchemaVersion\": 1, \"ExportTime\": \"yesterday\"}", "its ExportTime is not a time.")]
    [InlineData("{\"SchemaVersion\": 1,\n\"Connectors\": {}}", "the document in line 2: its Connectors is not a list in brackets.")]
    [InlineData("{\"SchemaVersion\": 1, \"Connectors\": [\n1]}", "connector 1 of the document in line 2: it is not an object in braces.")]
    public void A_document_that_is_none(string json, string why) => Invalid(json, why);

    [Theory]
    [InlineData("\"ServiceUrl\": \"http://sco:81\"", "connector 1 of the document in line 3: it has no Name.")]
    [InlineData("\"Name\": \"\", \"ServiceUrl\": \"http://sco:81\"", "it has no Name.")]
    [InlineData("\"Name\": 7, \"ServiceUrl\": \"http://sco:81\"", "its Name is not a text in double quotes.")]
    [InlineData("\"Name\": \"A*\", \"ServiceUrl\": \"http://sco:81\"", "'A*' cannot be its name: it holds a wildcard")]
    [InlineData("\"Name\": \" A\", \"ServiceUrl\": \"http://sco:81\"", "it begins or ends with a blank.")]
    [InlineData("\"Name\": \"A\\u0007\", \"ServiceUrl\": \"http://sco:81\"", "it holds a control character.")]
    [InlineData("\"Name\": \"A\"", "the connector 'A' in line 3: it has no ServiceUrl.")]
    [InlineData("\"Name\": \"A\", \"ServiceUrl\": null", "it has no ServiceUrl.")]
    [InlineData("\"Name\": \"A\", \"ServiceUrl\": \"ftp://sco\"", "its scheme is 'ftp'")]
    [InlineData("\"Name\": \"A\", \"ServiceUrl\": \"sco:81\"", "The service URL cannot be used")]
    [InlineData("\"Name\": \"A\", \"ServiceUrl\": \"http://sco/?a=b\"", "it holds a query")]
    [InlineData(Connector + ", \"WebConsoleUrl\": \"sco\"", "The web console URL must be an absolute http or https URL")]
    [InlineData(Connector + ", \"Protocol\": \"Soap\"", "its Protocol is 'Soap', and can be Auto, Atom, WebApi.")]
    [InlineData(Connector + ", \"Protocol\": \"1\"", "its Protocol is '1'")]
    [InlineData(Connector + ", \"Protocol\": 1", "its Protocol is not a text")]
    [InlineData(Connector + ", \"ParameterEncoding\": \"Thrice\"", "can be Auto, Once, Twice.")]
    [InlineData(Connector + ", \"Enabled\": \"true\"", "its Enabled is neither true nor false.")]
    [InlineData(Connector + ", \"TimeoutSeconds\": 0", "its TimeoutSeconds is not from 1 to 3600.")]
    [InlineData(Connector + ", \"TimeoutSeconds\": 3601", "its TimeoutSeconds is not from 1 to 3600.")]
    [InlineData(Connector + ", \"TimeoutSeconds\": -1", "its TimeoutSeconds is not from 1 to 3600.")]
    [InlineData(Connector + ", \"Schedule\": \"Daily\"", "the Schedule of the connector 'A' in line 3: it is not an object in braces.")]
    [InlineData(Connector + ", \"Schedule\": {}", "it has no Kind.")]
    [InlineData(Connector + ", \"Schedule\": {\"Kind\": \"Weekly\"}", "its Kind is 'Weekly', and can be Daily, Interval, None.")]
    [InlineData(Connector + ", \"Schedule\": {\"Kind\": \"Daily\"}", "it has no At.")]
    [InlineData(Connector + ", \"Schedule\": {\"Kind\": \"Daily\", \"At\": \"2 am\"}", "its At is not written as 02:00:00.")]
    [InlineData(Connector + ", \"Schedule\": {\"Kind\": \"Daily\", \"At\": \"1.00:00:00\"}", "a time of day is from 00:00:00 to 23:59:59")]
    [InlineData(Connector + ", \"Schedule\": {\"Kind\": \"Interval\", \"Every\": \"00:00:59\"}", "an interval from one minute to 31 days.")]
    [InlineData(Connector + "}, {\"Name\": \"a\", \"ServiceUrl\": \"http://sco:82\"", "the connector 'a' in line 3: 'a' is there twice; names are compared in any case.")]
    public void A_connector_that_New_would_refuse(string members, string why) => Invalid($$"""{"SchemaVersion": 1, "Connectors": [{{"\n\n"}}{ {{members}} }]}""", why);

    [Fact]
    public void A_password_in_an_address_is_refused_and_not_repeated()
    {
        foreach (string members in new[] { "\"Name\": \"A\", \"ServiceUrl\": \"http://user:hunter2@sco:81\"", Connector + ", \"WebConsoleUrl\": \"http://user:hunter2@sco:82\"" })
        {
            OrchestratorException error = Invalid($$"""{"SchemaVersion": 1, "Connectors": [{ {{members}} }]}""", "user name");

            Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"UserName\": \"u\"", "Run As account 1 of the document in line 1: it has no Name.")]
    [InlineData("\"Name\": \"S\"", "the Run As account 'S' in line 1: it needs either a UserName or a SecretName.")]
    [InlineData("\"Name\": \"S\", \"UserName\": \"u\", \"SecretName\": \"s\"", "it needs either a UserName or a SecretName.")]
    [InlineData("\"Name\": \"S?\", \"UserName\": \"u\"", "'S?' cannot be its name")]
    [InlineData("\"Name\": \"S\", \"UserName\": \"u\"}, {\"Name\": \"s\", \"UserName\": \"u\"", "'s' is there twice")]
    public void An_account_that_New_would_refuse(string members, string why) => Invalid($$"""{"SchemaVersion": 1, "Accounts": [{ {{members}} }]}""", why);

    [Theory]
    [InlineData("\"Name\": \"R\", \"RunbookPath\": \"\\\\R\", \"RunbookId\": \"00112233-4455-6677-8899-aabbccddeeff\"", "it has no Connector.")]
    [InlineData("\"Name\": \"R\", \"Connector\": \"A\", \"RunbookId\": \"00112233-4455-6677-8899-aabbccddeeff\"", "the runbook activity 'R' in line 1: it has no RunbookPath.")]
    [InlineData("\"Name\": \"R\", \"Connector\": \"A\", \"RunbookPath\": \"\\\\R\"", "it has no RunbookId.")]
    [InlineData("\"Name\": \"R\", \"Connector\": \"A\", \"RunbookPath\": \"\\\\R\", \"RunbookId\": \"7\"", "its RunbookId is not a GUID.")]
    [InlineData(Activity + ", \"ReadyForAutomation\": 1", "its ReadyForAutomation is neither true nor false.")]
    [InlineData(Activity + ", \"Map\": {\"A\": \"B\"}", "its Map is not a list in brackets.")]
    [InlineData(Activity + ", \"Map\": [{\"Property\": \"B\"}]", "mapping 1 of the runbook activity 'R' in line 1: it has no Parameter.")]
    [InlineData(Activity + ", \"Map\": [{\"Parameter\": \"P\"}]", "it needs either a Property or a Script.")]
    [InlineData(Activity + ", \"Map\": [{\"Parameter\": \"P\", \"Property\": \"B\", \"Script\": \"1\"}]", "it needs either a Property or a Script.")]
    [InlineData(Activity + ", \"Map\": [{\"Parameter\": \"P\", \"Property\": \"B\"}, {\"Parameter\": \"p\", \"Property\": \"B\"}]", "'p' is there twice")]
    [InlineData(Activity + ", \"OutputMap\": [{\"Parameter\": \"P\"}]", "output 1 of the runbook activity 'R' in line 1: it has no Property.")]
    [InlineData(Activity + ", \"Defaults\": [{\"Parameter\": \"P\"}]", "default 1 of the runbook activity 'R' in line 1: it has no Value.")]
    [InlineData(Activity + ", \"Defaults\": [{\"Parameter\": \"P\", \"Value\": 1}]", "its Value is not a text in double quotes.")]
    [InlineData(Activity + ", \"WithheldDefaults\": [1]", "its WithheldDefaults are not texts in double quotes.")]
    [InlineData(Activity + "}, {\"Name\": \"r\", \"Connector\": \"A\", \"RunbookPath\": \"\\\\R\", \"RunbookId\": \"00112233-4455-6677-8899-aabbccddeeff\"", "'r' is there twice")]
    public void An_activity_that_New_would_refuse(string members, string why) => Invalid($$"""{"SchemaVersion": 1, "Activities": [{ {{members}} }]}""", why);

    [Fact]
    public void A_newer_form_is_refused_whatever_it_holds()
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => Documents.Read("{\"SchemaVersion\": 2, \"Connectors\": 7}"));

        Assert.Equal(("ImportVersionNewer", ErrorKind.InvalidData), (error.Id, error.Kind));
        Assert.Contains("(schema 2; this one knows 1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_what_New_would_make_of_it()
    {
        ConnectorDocument document = Documents.Read($$"""{"schemaVERSION": 1, "connectors": [{ {{Connector}} }], "activities": [{ {{Activity}} }]}""");

        Assert.Equal(new Connector { Name = "A", ServiceUrl = new Uri("http://sco:81/api") }, Assert.Single(document.Connectors));
        DocumentActivity activity = Assert.Single(document.Activities);
        Assert.False(activity.Activity.ReadyForAutomation);
        Assert.Empty(activity.Activity.Map);
        Assert.Empty(document.Accounts);
    }

    [Fact]
    public void What_an_admin_types_is_brought_into_form()
    {
        ConnectorDocument document = Documents.Read("""{"SchemaVersion": 1, "Connectors": [{"name": "A", "SERVICEURL": " http://SCO:81/api/ ", "Folder": "Ops/Sub/", "Protocol": "webapi"}]}""");

        Connector connector = Assert.Single(document.Connectors);
        Assert.Equal(("http://sco:81/api", @"\Ops\Sub", ConnectorProtocol.WebApi), (connector.ServiceUrl.OriginalString, connector.Folder, connector.Protocol));
    }

    [Fact]
    public void What_this_version_does_not_know_is_skipped_with_one_warning_each()
    {
        List<string> warnings = [];
        ConnectorDocument document = Documents.Read(
            $$"""{"SchemaVersion": 1, "$schema": "x", "Connectors": [{ {{Connector}}, "Color": {"a": [1]}, "Schedule": {"Kind": "None", "At": "02:00:00"} }, {"Name": "B", "ServiceUrl": "http://sco:82", "Color": 1}], "Activities": [{ {{Activity}}, "Map": [{"Parameter": "P", "Property": "X", "Kind": 1}] }] }""",
            warnings);

        Assert.Equal(2, document.Connectors.Count);
        Assert.Equal(
            [
                "'x.json': this version knows no property 'At' of a schedule; it was skipped.",
                "'x.json': this version knows no property 'Color' of a connector; it was skipped.",
                "'x.json': this version knows no property 'Kind' of a mapping; it was skipped.",
                "'x.json': this version knows no property '$schema' of a document; it was skipped.",
            ],
            warnings);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void The_mark_of_an_encoding_is_understood(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);

        ConnectorDocument read = Documents.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Documents.Json(Documents.Full()))]);

        Assert.Equal(Documents.Text(Documents.Full()), Documents.Text(read));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_said_with_their_line()
    {
        byte[] latin = Encoding.Latin1.GetBytes("{\n\"SchemaVersion\": 1,\n\"Größe\": 1}");

        OrchestratorException error = Assert.Throws<OrchestratorException>(() => Documents.Read(latin));

        Assert.Equal("ImportMalformed", error.Id);
        Assert.Contains("in line 3 at position 1: somewhere in this line stand bytes that are not text in UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_end_is_read_to_the_bound_alone()
    {
        using EndlessStream stream = new();

        OrchestratorException error = Assert.Throws<OrchestratorException>(() => ConnectorDocumentReader.Read(stream, "x.json", _ => { }));

        Assert.Equal("ImportTooLarge", error.Id);
        Assert.Contains("larger than 16 MB", error.Message, StringComparison.Ordinal);
        Assert.InRange(stream.Given, ConnectorDocumentReader.MostBytes, ConnectorDocumentReader.MostBytes + (1024 * 1024));
    }

    [Fact]
    public void Whatever_is_cut_off_is_refused()
    {
        byte[] bytes = Documents.Write(Documents.Full());

        // All but the last line end.
        Assert.All(Enumerable.Range(0, bytes.Length - 1), length => Assert.Equal("ImportMalformed", Assert.Throws<OrchestratorException>(() => Documents.Read(bytes[..length])).Id));
    }

    private static OrchestratorException Invalid(string json, string why)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => Documents.Read(json));
        Assert.Equal(("ImportInvalid", ErrorKind.InvalidData, (object)"x.json"), (error.Id, error.Kind, error.Target));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Nothing was imported.", error.Message, StringComparison.Ordinal);
        return error;
    }

    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
