using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>A server with one runbook of two inputs and two outputs on two runbook servers, and the requests that start and stop its jobs.</summary>
internal sealed class JobStandIn : IAsyncDisposable
{
    private JobStandIn(StandIn server, SourceRunbook runbook)
    {
        Server = server;
        Runbook = runbook;
    }

    internal StandIn Server { get; }

    internal SourceRunbook Runbook { get; }

    internal JobBoard Jobs => Server.Server.Jobs;

    internal Quirks Quirks => Server.Server.Quirks;

    internal static async Task<JobStandIn> StartAsync(Action<FakeServerOptions>? configure = null, JobScript? script = null)
    {
        var model = new SourceModel();
        SourceRunbook runbook = model.AddRunbook("\\Jobs", "Reset", ("Computer", "In"), ("User", "In"), ("Result", "Out"), ("user", "Out"));
        _ = model.AddServer("RBS01");
        _ = model.AddServer("RBS02");
        var server = new JobStandIn(await StandIn.StartAsync(model, configure), runbook);
        if (script is not null)
        {
            server.Jobs.Script = _ => script;
        }

        return server;
    }

    /// <summary>The document of Microsoft's sample: ids in braces, texts as they are given.</summary>
    internal string Data(params string[] values)
    {
        return DataOf([.. Runbook.Parameters.Where(parameter => parameter.Direction == "In").Select((parameter, index) => (parameter.Id, values[index]))]);
    }

    internal static string DataOf(params (Guid Id, string Value)[] parameters)
    {
        return $"<Data>{string.Concat(parameters.Select(parameter => $"<Parameter><ID>{parameter.Id:B}</ID><Value>{parameter.Value}</Value></Parameter>"))}</Data>";
    }

    /// <summary>The least entry that is accepted.</summary>
    internal string Entry(string? parameters, string more = "", Guid? runbook = null)
    {
        string text = parameters is null ? "" : $"<d:Parameters><![CDATA[{parameters}]]></d:Parameters>";
        return EntryOf($"<d:RunbookId m:type=\"Edm.Guid\">{runbook ?? Runbook.Id}</d:RunbookId>{more}{text}");
    }

    internal static string EntryOf(string properties)
    {
        return "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><entry xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" "
            + "xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" xmlns=\"http://www.w3.org/2005/Atom\">"
            + $"<content type=\"application/xml\"><m:properties>{properties}</m:properties></content></entry>";
    }

    internal Task<HttpResponseMessage> PostAsync(string body, string address = "Jobs", string type = "application/atom+xml", params (string Name, string Value)[] headers)
    {
        return SendAsync(HttpMethod.Post, Server.AtomAddress(address), body, type, headers);
    }

    internal async Task<XElement> StartedAsync(params string[] values)
    {
        using HttpResponseMessage response = await PostAsync(Entry(Data([.. values.Select(value => SecurityElement.Escape(value)!)])));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 201, text);
        return XElement.Parse(text);
    }

    /// <summary>Starts a job with two values of no interest.</summary>
    internal async Task<Guid> AnyAsync()
    {
        return IdOf(await StartedAsync("PC1", "anna"));
    }

    internal async Task<(int Status, string Message)> RefusedAsync(string body, string type = "application/atom+xml")
    {
        using HttpResponseMessage response = await PostAsync(body, type: type);
        return await MessageAsync(response);
    }

    internal static async Task<(int Status, string Message)> MessageAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        XElement error = XElement.Parse(text);
        Assert.Equal(Meta + "error", error.Name);
        Assert.Equal("", error.Element(Meta + "code")!.Value);
        return ((int)response.StatusCode, error.Element(Meta + "message")!.Value);
    }

    internal static string StopEntry(Guid id, string status = "Canceled")
    {
        return EntryOf($"<d:Id m:type=\"Edm.Guid\">{id}</d:Id><d:Status>{status}</d:Status>");
    }

    internal Task<HttpResponseMessage> MergeAsync(Guid id, string? ifMatch, string? body = null, bool tunneled = true)
    {
        List<(string, string)> headers = [];
        if (tunneled)
        {
            headers.Add(("X-HTTP-Method", "MERGE"));
        }

        if (ifMatch is not null)
        {
            headers.Add(("If-Match", ifMatch));
        }

        return SendAsync(tunneled ? HttpMethod.Post : new HttpMethod("MERGE"), Server.AtomAddress($"Jobs(guid'{id}')"), body ?? StopEntry(id), "application/atom+xml", [.. headers]);
    }

    internal Task<XElement> JobAsync(Guid id)
    {
        return Server.AtomAsync($"Jobs(guid'{id}')");
    }

    internal async Task<string> StatusAsync(Guid id)
    {
        return Property(await JobAsync(id), "Status")!.Value;
    }

    internal async Task<IReadOnlyList<XElement>> InstancesAsync(Guid id)
    {
        return Entries(await Server.AtomAsync($"Jobs(guid'{id}')/Instances"));
    }

    /// <summary>Values of one direction by name, of the job's one instance.</summary>
    internal async Task<Dictionary<string, string>> ValuesAsync(Guid job, string direction)
    {
        Guid instance = IdOf((await InstancesAsync(job)).Single());
        XElement feed = await Server.AtomAsync($"RunbookInstanceParameters?$filter=RunbookInstanceId eq guid'{instance}' and Direction eq '{direction}'");
        return Entries(feed).ToDictionary(entry => Property(entry, "Name")!.Value, entry => Property(entry, "Value")!.Value);
    }

    internal async Task<(int Status, JsonElement Body)> ApiAsync(HttpMethod method, string address, string body)
    {
        using HttpResponseMessage response = await SendAsync(method, Server.ApiAddress(address), body, "application/json");
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, string body, string type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Server.Client.SendAsync(request);
    }

    public ValueTask DisposeAsync()
    {
        return Server.DisposeAsync();
    }
}
