using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>What the tests of the way to a server share.</summary>
internal static class Remote
{
    /// <summary>Far longer than anything here takes: what waits so long waits for ever.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static ExchangeOptions Options { get; } = new() { RetryDelay = TimeSpan.Zero, Timeout = Patience };

    public static ICredentialSource CurrentUser { get; } = new FixedCredentialSource(Identity.CurrentUser);

    public static Uri UrlOf(FakeServer server, ConnectorProtocol protocol) => protocol == ConnectorProtocol.Atom ? server.AtomUrl : server.WebApiUrl;

    public static IOrchestratorClient Client(
        FakeServer server, ConnectorProtocol protocol, ExchangeOptions? options = null, IReporter? reporter = null, ICredentialSource? credentials = null) =>
        Client(UrlOf(server, protocol), protocol, options, reporter, credentials);

    public static IOrchestratorClient Client(
        Uri url, ConnectorProtocol protocol, ExchangeOptions? options = null, IReporter? reporter = null, ICredentialSource? credentials = null) =>
        OrchestratorClientFactory.Create(url, protocol, credentials ?? CurrentUser, options ?? Options, reporter ?? SilentReporter.Instance);

    /// <summary>Waits for something that must fail in this way.</summary>
    public static async Task<OrchestratorException> FailsAsync(string id, Task task)
    {
        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => task.WaitAsync(Patience));
        Assert.True(id == error.Id, $"Expected {id}, and it was {error.Id}: {error.Message}");
        return error;
    }

    /// <summary>Ends when nothing is under way at the server any more.</summary>
    public static async Task QuietAsync(FakeServer server)
    {
        for (DateTime end = DateTime.UtcNow + Patience; DateTime.UtcNow < end;)
        {
            server.ClearRequests();
            if (server.MaxConcurrentRequests == 0)
            {
                return;
            }

            await Task.Yield();
        }

        Assert.Fail("The server still has an open request.");
    }

    /// <summary>All that a client should tell of a source, one line for each runbook.</summary>
    public static IReadOnlyList<string> Lines(SourceModel model, ConnectorProtocol protocol, Func<SourceRunbook, bool>? which = null) =>
    [
        .. model.Runbooks.Where(which ?? (_ => true)).Select(r => Line(
            r.Id,
            r.FolderId,
            r.Name,
            r.Path,
            r.Description,
            r.IsMonitor,
            r.CreatedBy ?? (protocol == ConnectorProtocol.Atom ? "S-1-5-500" : null),
            r.CreationTime,
            r.LastModifiedBy,
            r.LastModifiedTime,
            r.CheckedOutBy,
            r.CheckedOutTime,
            RunbookContract.Normalize(r.Parameters.Select(p => new RunbookParameter
            {
                Id = p.Id,
                Name = p.Name,
                Type = p.Type,
                Description = p.Description,
                Direction = Enum.Parse<ParameterDirection>(p.Direction),
            })))).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Lines(IEnumerable<Runbook> runbooks) =>
        [.. runbooks.Select(Line).Order(StringComparer.Ordinal)];

    public static string Line(Runbook r) => Line(
        r.Id, r.FolderId, r.Name, r.Path, r.Description, r.IsMonitor, r.CreatedBy, r.CreationTime, r.LastModifiedBy, r.LastModifiedTime, r.CheckedOutBy, r.CheckedOutTime, r.Parameters ?? []);

    private static string Line(
        Guid id,
        Guid folderId,
        string name,
        string path,
        string? description,
        bool isMonitor,
        string? createdBy,
        DateTime? creationTime,
        string? lastModifiedBy,
        DateTime? lastModifiedTime,
        string? checkedOutBy,
        DateTime? checkedOutTime,
        IReadOnlyList<RunbookParameter> parameters) => string.Join(
        " | ",
        id,
        folderId,
        name,
        path,
        description ?? "(null)",
        isMonitor,
        createdBy ?? "(null)",
        Text(creationTime),
        lastModifiedBy ?? "(null)",
        Text(lastModifiedTime),
        checkedOutBy ?? "(null)",
        Text(checkedOutTime),
        string.Join(", ", parameters.Select(p => $"{p.Direction} {p.Id} {p.Name} {p.Type ?? "(null)"} {p.Description ?? "(null)"}")));

    private static string Text(DateTime? time) => time?.ToString("o", CultureInfo.InvariantCulture) ?? "(null)";
}
