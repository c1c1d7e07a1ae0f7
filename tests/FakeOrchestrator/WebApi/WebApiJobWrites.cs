using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace FakeOrchestrator;

/// <summary>Starts and stops of jobs as the Web API takes them (facts B.6, B.7). Names of members are matched without regard to case; others do no harm.</summary>
internal static class WebApiJobWrites
{
    internal static SourceJob Start(WriteRequest request, SourceView view)
    {
        using JsonDocument body = Read(request);
        Guid runbookId = Text(body.RootElement, "RunbookId") is { } text && Guid.TryParse(text, out Guid id)
            ? id
            : throw RequestException.BadRequest("RunbookId is missing or is no guid.");
        SourceRunbook runbook = JobRules.Startable(runbookId, view);
        Dictionary<string, string> inputs = Inputs(runbook, Items(body.RootElement, "Parameters"), view.Quirks);
        JsonElement[] servers = Items(body.RootElement, "RunbookServers");
        string[]? names = servers.Length == 0 ? null : [.. servers.Select(server => Text(server) ?? "")];
        return view.Jobs.Start(runbook, inputs, Account.OfUser(request.Target.User, view.Quirks), JobRules.Servers(names, view));
    }

    /// <summary>The body is an object, empty or with the id; it says nothing of a status (facts B.7).</summary>
    internal static SourceJob Stop(WriteRequest request, Guid id, SourceView view)
    {
        using JsonDocument body = Read(request);
        if (Text(body.RootElement, "Id") is { } text && (!Guid.TryParse(text, out Guid named) || named != id))
        {
            throw RequestException.BadRequest("The id in the body is another than in the address.");
        }

        JobRules.KnowRequester(view);
        return view.Jobs.Stop(id, Account.OfUser(request.Target.User, view.Quirks), job => JobRules.CheckStop(job, view, view.Quirks.WebApiCancelRefusalStatus));
    }

    private static JsonDocument Read(WriteRequest request)
    {
        if (!request.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestException(415, "Unsupported Media Type");
        }

        JsonDocument? body = null;
        try
        {
            body = JsonDocument.Parse(request.Body);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                return body;
            }
        }
        catch (JsonException)
        {
        }

        body?.Dispose();
        throw RequestException.BadRequest("The request body is not a JSON object.");
    }

    /// <summary>Values by name. A name that the runbook has no In parameter for is refused, and so is one that comes twice.</summary>
    private static Dictionary<string, string> Inputs(SourceRunbook runbook, JsonElement[] given, Quirks quirks)
    {
        SourceParameter[] wanted = [.. JobRules.Inputs(runbook)];
        var inputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement parameter in given)
        {
            string name = (parameter.ValueKind == JsonValueKind.Object ? Text(parameter, "Name") : null) ?? "";
            if (!Array.Exists(wanted, known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)) || !inputs.TryAdd(name, Text(parameter, "Value") ?? ""))
            {
                throw RequestException.BadRequest($"The parameter '{name}' does not match the parameters of the runbook '{runbook.Name}'.");
            }
        }

        return quirks.WebApiDemandsAllParameters && inputs.Count < wanted.Length ? throw JobRules.TooFewParameters() : inputs;
    }

    private static JsonElement? Member(JsonElement owner, string name)
    {
        foreach (JsonProperty member in owner.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    private static JsonElement[] Items(JsonElement owner, string name)
    {
        return Member(owner, name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => [],
            { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray()],
            _ => throw RequestException.BadRequest($"{name} is not an array."),
        };
    }

    private static string? Text(JsonElement owner, string name)
    {
        return Member(owner, name) is { } member ? Text(member) : null;
    }

    /// <summary>A text is a text: ASP.NET's serializer makes none of a number (inferred).</summary>
    private static string? Text(JsonElement value)
    {
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => throw RequestException.BadRequest("The JSON value could not be converted to a string."),
        };
    }
}
