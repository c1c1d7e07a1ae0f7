using System;
using System.Text.RegularExpressions;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator;

/// <summary>The job that the address of a new entity names: the last resort when the entity itself cannot be read.</summary>
internal static class JobLocation
{
    private static readonly Regex Id = new("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static Guid? Of(HttpAnswer answer) =>
        (int)answer.Response.StatusCode == 201 && answer.Response.Headers.Location is { } location && Id.Match(location.OriginalString) is { Success: true } match
            ? Guid.Parse(match.Value)
            : null;
}
