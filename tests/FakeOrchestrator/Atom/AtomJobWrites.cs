using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>Starts and stops of jobs as the Atom service takes them (facts A.8, A.10, A.11).</summary>
internal static class AtomJobWrites
{
    internal static SourceJob Start(WriteRequest request, SourceView view)
    {
        Dictionary<string, string?> sent = AtomBody.Read(request, AtomSchema.Find("Jobs")!);
        Guid runbookId = sent.GetValueOrDefault("RunbookId") is { } text ? (Guid)Value("RunbookId", EdmKind.Guid, text)! : Guid.Empty;
        SourceRunbook runbook = JobRules.Startable(runbookId, view);
        Dictionary<string, string> inputs = Inputs(runbook, sent.GetValueOrDefault("Parameters"), view.Quirks);
        string? servers = JobRules.Servers(sent.GetValueOrDefault("RunbookServers")?.Split(','), view);
        return view.Jobs.Start(runbook, inputs, Account.OfUser(request.Target.User, view.Quirks), servers);
    }

    /// <summary>Status is all that can be changed, and Canceled is all that it can be changed to.</summary>
    internal static SourceJob Change(WriteRequest request, Guid id, SourceView view)
    {
        EdmType type = AtomSchema.Find("Jobs")!;
        if (string.IsNullOrWhiteSpace(request.IfMatch))
        {
            throw RequestException.BadRequest($"Since entity type '{AtomSchema.Namespace}.{type.Name}' has one or more etag properties, If-Match HTTP header must be specified for DELETE/PUT operations on this type.");
        }

        Dictionary<string, string?> sent = AtomBody.Read(request, type);
        JobRules.KnowRequester(view);
        if (!sent.TryGetValue("Status", out string? status))
        {
            SourceJob job = (SourceJob)view.Jobs.Job(id)!;
            Check(job);
            return job;
        }

        return view.Jobs.Stop(id, Account.OfUser(request.Target.User, view.Quirks), job =>
        {
            Check(job);
            if (status != SourceJobStatus.Canceled)
            {
                throw RequestException.BadRequest(JobRules.CannotChange(status ?? ""));
            }

            JobRules.CheckStop(job, view, 400);
        });

        void Check(SourceJob job)
        {
            if (request.IfMatch.Trim() != "*" && request.IfMatch.Trim() != AtomLiteral.ETag(job.LastModifiedTime))
            {
                throw new RequestException(412, "The etag value in the request header does not match with the current etag value of the object.");
            }

            // The key says which entity is meant, and WCF takes no notice of it in a body.
            foreach ((string name, string? text) in sent.Where(pair => pair.Key is not ("Id" or "Status")))
            {
                EdmProperty property = type.FindProperty(name)!;
                if (!Equals(text is null ? null : Value(name, property.Kind, text), property.Get(job)))
                {
                    throw RequestException.BadRequest("PropertyCannotBeUpdated");
                }
            }
        }
    }

    /// <summary>The values by name. Every In parameter must be there once, and nothing else may be, which of the rest is inferred from the word number (facts A.8).</summary>
    private static Dictionary<string, string> Inputs(SourceRunbook runbook, string? document, Quirks quirks)
    {
        List<(Guid Id, string Value)> given = string.IsNullOrWhiteSpace(document) ? [] : ParameterDocument.Read(document, quirks);
        var inputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        int wanted = 0;
        foreach (SourceParameter parameter in JobRules.Inputs(runbook))
        {
            wanted++;
            int place = given.FindIndex(value => value.Id == parameter.Id);
            inputs[parameter.Name] = place < 0 ? throw JobRules.TooFewParameters() : given[place].Value;
        }

        return given.Count == wanted ? inputs : throw JobRules.TooFewParameters();
    }

    /// <summary>Guids also in braces (facts A.8), times with or without a zone or as verbose JSON has them.</summary>
    private static object? Value(string name, EdmKind kind, string text)
    {
        object? value = kind switch
        {
            EdmKind.String => text,
            EdmKind.Guid => Guid.TryParse(text, out Guid id) ? id : null,
            EdmKind.Boolean => bool.TryParse(text, out bool flag) ? flag : null,
            EdmKind.Int32 => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : null,
            _ => Time(text),
        };
        return value ?? throw RequestException.BadRequest($"Error processing request stream. Error encountered in converting the value from request payload for property '{name}'.");
    }

    private static DateTime? Time(string text)
    {
        string[] marks = text.Split('(', ')');
        if (marks is ["/Date", var milliseconds, "/"] && long.TryParse(milliseconds, CultureInfo.InvariantCulture, out long since))
        {
            return DateTime.UnixEpoch.AddMilliseconds(since);
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time) ? time : null;
    }
}
