using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>How the Atom service takes a start (facts A.8, A.11).</summary>
public sealed class JobStartTests
{
    [Fact]
    public async Task A_start_is_answered_with_the_pending_job_as_an_entry()
    {
        var clock = new ManualClock();
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Clock = clock);
        using HttpResponseMessage response = await server.PostAsync(server.Entry(server.Data("PC1", "anna"), "<d:RunbookServers>RBS02,rbs01</d:RunbookServers>"));
        string text = await response.Content.ReadAsStringAsync();
        XElement entry = XElement.Parse(text);
        SourceJob job = Assert.Single(server.Jobs.All);
        string address = $"{server.Server.Server.AtomUrl}/Jobs(guid'{job.Id}')";

        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(address, response.Headers.Location!.ToString());
        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("W/\"datetime'2026-03-04T05%3A06%3A07.89'\"", response.Headers.GetValues("ETag").Single());
        Assert.Equal(response.Headers.GetValues("ETag").Single(), entry.Attribute(Meta + "etag")!.Value);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<entry xml:base=\"", text, StringComparison.Ordinal);
        Assert.Contains("<title />\r\n  <published>2026-03-04T05:06:07+01:00</published>\r\n  <updated>2026-03-04T05:06:07+01:00</updated>", text, StringComparison.Ordinal);
        Assert.Equal(address, entry.Element(Atom + "id")!.Value);
        Assert.Equal(["edit", "Runbook", "Instances", "RunbookServer", "Statistics"], entry.Elements(Atom + "link").Select(link => ((string)link.Attribute("rel")!).Split('/')[^1]));
        Assert.Equal(
            "Id,RunbookId,Parameters,RunbookServers,RunbookServerId,ParentId,ParentIsWaiting,Status,CreatedBy,CreationTime,LastModifiedBy,LastModifiedTime",
            string.Join(',', entry.Descendants(Meta + "properties").Elements().Select(element => element.Name.LocalName)));
        Assert.Equal("Pending", Property(entry, "Status")!.Value);
        Assert.Equal("RBS02,rbs01", Property(entry, "RunbookServers")!.Value);
        Assert.Equal("2026-03-04T05:06:07.89", Property(entry, "CreationTime")!.Value);
        Assert.Equal("S-1-5-500", Property(entry, "CreatedBy")!.Value);
        Assert.Contains("<d:RunbookServerId m:type=\"Edm.Guid\" m:null=\"true\" />", text, StringComparison.Ordinal);
        Assert.Contains("<d:ParentIsWaiting m:type=\"Edm.Boolean\" m:null=\"true\" />", text, StringComparison.Ordinal);
        Assert.Equal(1, server.Jobs.Started);
    }

    [Fact]
    public async Task The_input_is_read_back_with_names_and_ids_in_braces()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        XElement entry = await server.StartedAsync("A & <B>", "ä\r\n\"監\"");
        Guid[] ids = [.. server.Runbook.Parameters.Select(parameter => parameter.Id)];
        Assert.Equal(
            $"<Data><Parameter><Name>Computer</Name><ID>{{{ids[0]}}}</ID><Value>A &amp; &lt;B&gt;</Value></Parameter>"
                + $"<Parameter><Name>User</Name><ID>{{{ids[1]}}}</ID><Value>ä\n\"監\"</Value></Parameter></Data>",
            Property(entry, "Parameters")!.Value);
        Assert.Equal("A & <B>", (await server.ValuesAsync(IdOf(entry), "In"))["Computer"]);
    }

    public static TheoryData<string, string> LenientForms { get; } = new()
    {
        { "Jobs/", "<d:RunbookId m:type=\"Edm.Guid\">{ID}</d:RunbookId><d:Parameters><![CDATA[%RAW%]]></d:Parameters>" },
        { "Jobs()", "<d:RunbookId>{ID}</d:RunbookId><d:Parameters>%ESCAPED%</d:Parameters>" },
        { "Jobs", "<d:RunbookId type=\"Edm.Guid\">BRACED</d:RunbookId><d:Parameters xml:space=\"preserve\">%ESCAPED%</d:Parameters>" },
        { "Jobs", "<d:RunbookId>{ID}</d:RunbookId><d:Parameters><![CDATA[%NAMED%]]></d:Parameters>" },
        {
            "Jobs",
            "<d:CreatedBy m:null=\"true\" /><d:CreationTime m:type=\"Edm.DateTime\">0001-01-01T00:00:00</d:CreationTime><d:Id m:type=\"Edm.Guid\">00000000-0000-0000-0000-000000000000</d:Id>"
                + "<d:LastModifiedBy m:null=\"true\" /><d:LastModifiedTime m:type=\"Edm.DateTime\">0001-01-01T00:00:00</d:LastModifiedTime><d:Parameters><![CDATA[%RAW%]]></d:Parameters>"
                + "<d:ParentId m:type=\"Edm.Guid\" m:null=\"true\" /><d:ParentIsWaiting m:type=\"Edm.Boolean\" m:null=\"true\" /><d:RunbookId m:type=\"Edm.Guid\">{ID}</d:RunbookId>"
                + "<d:RunbookServerId m:type=\"Edm.Guid\" m:null=\"true\" /><d:RunbookServers m:null=\"true\" /><d:Status m:null=\"true\" />"
        },
    };

    [Theory]
    [MemberData(nameof(LenientForms))]
    public async Task The_forms_that_clients_send_are_accepted(string address, string properties)
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        string data = server.Data("PC1", "anna");
        string body = properties.Replace("{ID}", server.Runbook.Id.ToString(), StringComparison.Ordinal)
            .Replace("BRACED", server.Runbook.Id.ToString("B").ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("%RAW%", data, StringComparison.Ordinal)
            .Replace("%ESCAPED%", System.Security.SecurityElement.Escape(data), StringComparison.Ordinal)
            .Replace("%NAMED%", data.Replace("<ID>", "<Name>x</Name><ID>", StringComparison.Ordinal), StringComparison.Ordinal);
        using HttpResponseMessage response = await server.PostAsync(JobStandIn.EntryOf(body), address);
        Assert.Equal(201, (int)response.StatusCode);
        SourceJob job = Assert.Single(server.Jobs.All);
        Assert.NotEqual(Guid.Empty, job.Id);
        Assert.Equal(("PC1", "anna"), await ComputerAndUserAsync(server, job.Id));
    }

    [Fact]
    public async Task A_full_entry_of_a_generated_client_may_stand_around_the_properties()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        string entry = server.Entry(server.Data("PC1", "anna")).Replace(
            "<content",
            "<category scheme=\"http://schemas.microsoft.com/ado/2007/08/dataservices/scheme\" term=\"Microsoft.SystemCenter.Orchestrator.WebService.Job\" /><title /><author><name /></author><updated>2026-01-01T00:00:00Z</updated><id /><content",
            StringComparison.Ordinal);
        using HttpResponseMessage response = await server.PostAsync(entry);
        Assert.Equal(201, (int)response.StatusCode);
    }

    [Fact]
    public async Task Verbose_JSON_starts_a_job_and_comes_back()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        string body = JsonSerializer.Serialize(new { RunbookId = server.Runbook.Id, Parameters = server.Data("PC1", "anna"), RunbookServers = (string?)null });
        using HttpResponseMessage response = await server.PostAsync(body, type: "application/json; charset=utf-8", headers: ("Accept", "application/json"));
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(server.Jobs.All.Single().Id, document.RootElement.GetProperty("d").GetProperty("Id").GetGuid());
        Assert.Equal("Pending", document.RootElement.GetProperty("d").GetProperty("Status").GetString());
        Assert.Equal(("PC1", "anna"), await ComputerAndUserAsync(server, server.Jobs.All.Single().Id));
    }

    [Fact]
    public async Task What_cannot_be_started_is_refused_in_the_documented_words()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Quirks.ErrorLanguage = "ru-RU");
        string good = server.Data("PC1", "anna");
        Guid unknown = Guid.NewGuid();
        Guid[] ids = [.. server.Runbook.Parameters.Select(parameter => parameter.Id)];
        const string TooFew = "Required number of parameters not received in the request.";
        const string NoServer = "Specified runbook server name is either empty or does not exist.";
        var cases = new List<(string Body, string Message)>
        {
            (server.Entry(good, runbook: unknown), $"RunbookId '{unknown}' specified does not exist."),
            (JobStandIn.EntryOf(""), $"RunbookId '{Guid.Empty}' specified does not exist."),
            (server.Entry(null), TooFew),
            (server.Entry("<Data></Data>"), TooFew),
            (server.Entry(JobStandIn.DataOf((ids[0], "PC1"))), TooFew),
            (server.Entry(JobStandIn.DataOf((ids[0], "PC1"), (ids[0], "again"))), TooFew),
            (server.Entry(JobStandIn.DataOf((ids[0], "PC1"), (ids[1], "anna"), (ids[2], "an output"))), TooFew),
            (server.Entry(JobStandIn.DataOf((ids[0], "PC1"), (unknown, "anna"))), TooFew),
            (server.Entry(good, "<d:RunbookServers></d:RunbookServers>"), NoServer),
            (server.Entry(good, "<d:RunbookServers>RBS01,</d:RunbookServers>"), NoServer),
            (server.Entry(good, "<d:RunbookServers>RBS01,RBS99</d:RunbookServers>"), NoServer),
        };
        foreach ((string body, string message) in cases)
        {
            using HttpResponseMessage response = await server.PostAsync(body);
            Assert.Contains("<code></code>\r\n  <message xml:lang=\"ru-RU\">", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal((400, message), await JobStandIn.MessageAsync(response));
        }

        server.Server.Server.Model.Edit(server.Runbook.Id, runbook => runbook.CheckedOutBy = "S-1-5-500");
        Assert.Equal((400, "The runbook 'Reset ' cannot be started because it is checked out."), await server.RefusedAsync(server.Entry(good)));
        server.Quirks.UnpublishableRunbooks = [server.Runbook.Id];
        Assert.Equal((400, "The requested operation requires Publish permissions on the Runbook"), await server.RefusedAsync(server.Entry(good)));
        server.Quirks.PublishRefusalStatus = 403;
        Assert.Equal(403, (await server.RefusedAsync(server.Entry(good))).Status);
        server.Quirks.InvisibleRunbooks = [server.Runbook.Id];
        Assert.Equal((400, $"RunbookId '{server.Runbook.Id}' specified does not exist."), await server.RefusedAsync(server.Entry(good)));
        server.Quirks.RequesterUnknown = true;
        Assert.Equal((400, "Cannot retrieve the requesting user's identity."), await server.RefusedAsync(server.Entry(good)));
        Assert.Equal(0, server.Jobs.Started);
        Assert.Empty(server.Jobs.All);
    }

    [Theory]
    [InlineData("<Data><Parameter><ID>none</ID><Value>1</Value></Parameter></Data>")]
    [InlineData("<Data><Parameter><Value>1</Value></Parameter></Data>")]
    [InlineData("<Data><Other /></Data>")]
    [InlineData("<Data><Parameter><ID>{0c1a3f6e-0000-0000-0000-000000000001}</ID><Value><b/></Value></Parameter></Data>")]
    [InlineData("<Parameters />")]
    [InlineData("<Data>")]
    [InlineData("<Data><Parameter><ID>{0c1a3f6e-0000-0000-0000-000000000001}</ID><Value>a & b</Value></Parameter></Data>")]
    [InlineData("plain text")]
    [InlineData("<!DOCTYPE Data [<!ENTITY e \"x\">]><Data />")]
    public async Task Input_in_another_format_is_refused_with_the_template(string parameters)
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        (int status, string message) = await server.RefusedAsync(server.Entry(parameters));
        Assert.Equal(400, status);
        Assert.StartsWith("Job parameter not in expected format. <Data>", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no XML", "application/atom+xml", 400)]
    [InlineData("<entry/>", "application/atom+xml", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("{\"Nix\":1}", "application/json", 400)]
    [InlineData("{\"RunbookId\":\"x\"}", "application/json", 400)]
    [InlineData("<entry/>", "text/plain", 415)]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string type, int status)
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Assert.Equal(status, (await server.RefusedAsync(body, type)).Status);
        Assert.Equal(400, (await server.RefusedAsync(JobStandIn.EntryOf("<d:Nix>1</d:Nix>"))).Status);
        Assert.Equal(400, (await server.RefusedAsync(server.Entry(null, "<d:Parameters><Data /></d:Parameters>"))).Status);
    }

    [Theory]
    [InlineData(1, "a &amp; b &lt;c&gt;", "a & b <c>")]
    [InlineData(1, "a &amp;amp; b &amp;lt;c&amp;gt;", "a &amp; b &lt;c&gt;")]
    [InlineData(2, "a &amp;amp; b &amp;lt;c&amp;gt; &amp;#228;&amp;#x1F600; &amp;quot;&amp;apos;", "a & b <c> ä😀 \"'")]
    [InlineData(2, "a &amp; b", null)]
    [InlineData(2, "a &lt;c> b", null)]
    [InlineData(1, "a & b", null)]
    [InlineData(2, "plain, quoted \" and &amp;unknown;", null)]
    [InlineData(1, "plain &amp;unknown;", "plain &unknown;")]
    public async Task How_often_values_are_unescaped_is_a_quirk(int unescapes, string sent, string? understood)
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Quirks.ParameterUnescapes = unescapes);
        using HttpResponseMessage response = await server.PostAsync(server.Entry(server.Data(sent, "x")));
        if (understood is null)
        {
            Assert.StartsWith("Job parameter not in expected format.", (await JobStandIn.MessageAsync(response)).Message, StringComparison.Ordinal);
            return;
        }

        XElement entry = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(understood, XElement.Parse(Property(entry, "Parameters")!.Value).Descendants("Value").First().Value);
        Assert.Equal(understood, (await server.ValuesAsync(IdOf(entry), "In"))["Computer"]);
    }

    [Theory]
    [InlineData(EmptyParameterValue.Accepted, 201, 201)]
    [InlineData(EmptyParameterValue.MissingIsError, 201, 500)]
    [InlineData(EmptyParameterValue.EmptyIsError, 500, 500)]
    public async Task What_an_empty_value_does_is_a_quirk(EmptyParameterValue quirk, int empty, int missing)
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Quirks.EmptyParameterValue = quirk);
        using HttpResponseMessage first = await server.PostAsync(server.Entry(server.Data("", "anna")));
        using HttpResponseMessage second = await server.PostAsync(server.Entry(server.Data("PC1", "anna").Replace("<Value>PC1</Value>", "", StringComparison.Ordinal)));
        Assert.Equal((empty, missing), ((int)first.StatusCode, (int)second.StatusCode));
    }

    [Fact]
    public async Task Who_starts_a_job_stands_in_it_by_SID_or_by_name()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Authentication = FakeAuthentication.Basic("CONTOSO\\anna", "p"));
        string entry = server.Entry(server.Data("PC1", "x"));
        (string, string) header = ("Authorization", AuthenticationTests.Basic("CONTOSO\\anna", "p"));
        using HttpResponseMessage first = await server.PostAsync(entry, headers: header);
        using HttpResponseMessage second = await server.PostAsync(entry, headers: header);
        Assert.Matches(@"^S-1-5-21-\d+-\d+-\d+-\d+$", server.Jobs.All[0].CreatedBy);
        Assert.Equal(server.Jobs.All[0].CreatedBy, server.Jobs.All[1].CreatedBy);
        server.Quirks.SidsInByFields = false;
        using HttpResponseMessage third = await server.PostAsync(entry, headers: header);
        Assert.Equal("CONTOSO\\anna", server.Jobs.All[2].CreatedBy);
    }

    [Fact]
    public async Task Sixteen_starts_at_the_same_time_are_sixteen_jobs()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        XElement[] entries = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => server.StartedAsync($"PC{i}", "anna")));
        Assert.Equal(16, entries.Select(IdOf).Distinct().Count());
        Assert.Equal(16, server.Jobs.Started);
        Dictionary<string, string>[] outputs = await Task.WhenAll(entries.Select(entry => server.ValuesAsync(IdOf(entry), "Out")));
        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"PC{i}"), outputs.Select(output => output["Result"]));
    }

    [Fact]
    public async Task A_client_may_wait_for_the_word_to_go_on()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Server.AtomAddress("Jobs")) { Content = new StringContent(server.Entry(server.Data("PC1", "anna"))) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/atom+xml");
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await server.Server.Client.SendAsync(request);
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal("100-continue", server.Server.Server.Requests.Single().Headers["Expect"]);
    }

    [Fact]
    public async Task Only_jobs_can_be_written()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Guid job = await server.AnyAsync();
        (string Address, HttpMethod Method, string[] Allow)[] cases =
        [
            ("Jobs", HttpMethod.Put, ["GET", "POST"]),
            ($"Jobs(guid'{job}')", HttpMethod.Delete, ["GET", "MERGE"]),
            ($"Jobs(guid'{job}')", HttpMethod.Post, ["GET", "MERGE"]),
            ($"Runbooks(guid'{server.Runbook.Id}')", new HttpMethod("MERGE"), ["GET"]),
            ("RunbookInstances", HttpMethod.Post, ["GET"]),
            ("", HttpMethod.Post, ["GET"]),
        ];
        foreach ((string address, HttpMethod method, string[] allow) in cases)
        {
            using HttpResponseMessage response = await server.SendAsync(method, server.Server.AtomAddress(address), server.Entry(null), "application/atom+xml");
            Assert.Equal(405, (int)response.StatusCode);
            Assert.Equal(allow, response.Content.Headers.Allow);
        }

        using HttpResponseMessage nowhere = await server.PostAsync(server.Entry(null), "Nix");
        Assert.Equal((404, "Resource not found for the segment 'Nix'."), await JobStandIn.MessageAsync(nowhere));
    }

    private static async Task<(string Computer, string User)> ComputerAndUserAsync(JobStandIn server, Guid job)
    {
        Dictionary<string, string> values = await server.ValuesAsync(job, "In");
        return (values["Computer"], values["User"]);
    }
}
