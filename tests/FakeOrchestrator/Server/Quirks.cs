using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>
/// Everything about the servers that varies or that nobody has seen for certain, in one place: each default is the best
/// guess, and its comment says where it comes from. May be changed while a server runs; pages rendered under other quirks are dropped.
/// </summary>
public sealed record Quirks
{
    /// <summary>Atom: whether <c>$expand=Parameters</c> on Runbooks works. Only <c>$expand=Runbooks</c> on Folders was seen (facts A.6); otherwise 400.</summary>
    public bool SupportsExpandParameters { get; set; } = true;

    /// <summary>Atom: whether <c>$inlinecount</c> and <c>$count</c> are answered (seen, A.5); otherwise 400.</summary>
    public bool SupportsInlineCount { get; set; } = true;

    /// <summary>Both: whether <c>$skip</c> is answered (seen, A.5, B.5); otherwise 400.</summary>
    public bool SupportsSkip { get; set; } = true;

    /// <summary>Atom: whether <c>$select</c> is answered (one client sends it, A.6); otherwise 400.</summary>
    public bool SupportsSelect { get; set; } = true;

    /// <summary>Both: whether functions such as startswith are answered in <c>$filter</c> (inferred, standard); otherwise 400.</summary>
    public bool SupportsFilterFunctions { get; set; } = true;

    /// <summary>Atom: whether a page that is not the last ends with a next link (A.5); otherwise the cut at the page size is silent.</summary>
    public bool EmitsNextLinks { get; set; } = true;

    /// <summary>Atom: page size of expanded collections, which then carry their own next link (inferred, standard; none by default).</summary>
    public int? ExpandedPageSize { get; set; }

    /// <summary>Atom: what a <c>$top</c> beyond the page size gives (open question 3 of the facts).</summary>
    public TopBeyondPage TopBeyondPage { get; set; } = TopBeyondPage.Paged;

    /// <summary>Atom: whether the content type says type=feed or type=entry (headers were not seen).</summary>
    public bool KindInContentType { get; set; } = true;

    /// <summary>Atom: language of error messages' xml:lang; it follows the server's culture (A.11).</summary>
    public string ErrorLanguage { get; set; } = "en-US";

    /// <summary>Both: path of the root folder, which was not seen.</summary>
    public string RootFolderPath { get; set; } = SourceModel.RootPath;

    /// <summary>Both: whether CreatedBy and its neighbours hold SIDs (seen, A.4) or account names.</summary>
    public bool SidsInByFields { get; set; } = true;

    /// <summary>Both: runbooks that the authorization cache does not show yet, or that the account may not read (A.12). Replace the list to change it.</summary>
    public IReadOnlyCollection<Guid> InvisibleRunbooks { get; set; } = [];

    /// <summary>Both: the longest query that IIS lets through, in characters as sent; beyond it IIS itself says 404. 2048 is the standard of its request filtering (not in the facts); none switches the check off.</summary>
    public int? MaxQueryLength { get; set; } = 2048;

    /// <summary>Both: whether a 401 carries the HTML page of IIS or nothing.</summary>
    public bool HtmlBodyOf401 { get; set; } = true;

    /// <summary>Both: whether deflate is the bare form that IIS sends, or in the zlib wrapping that the standard means.</summary>
    public bool RawDeflate { get; set; } = true;

    /// <summary>
    /// Atom: how often the values inside a job's Parameters are un-escaped, once the request itself is read: by the parse of the
    /// inner XML alone (1), or by the server once more before that parse (2). Clients contradict each other (A.8, open question 6).
    /// </summary>
    public int ParameterUnescapes { get; set; } = 1;

    /// <summary>Atom: what a parameter without a value gives. One client sends empty ones, Microsoft's page warns that it may be 500 (A.8, open question 6).</summary>
    public EmptyParameterValue EmptyParameterValue { get; set; } = EmptyParameterValue.Accepted;

    /// <summary>Both: runbooks that the account may read but neither start nor stop (A.12; of the stop inferred). Replace the list to change it.</summary>
    public IReadOnlyCollection<Guid> UnpublishableRunbooks { get; set; } = [];

    /// <summary>Both: status of a refusal for want of the Publish right: 400, which one client lists for the Web API (B.6), or 403; open for the Atom service (A.11).</summary>
    public int PublishRefusalStatus { get; set; } = 400;

    /// <summary>Both: whether a write is refused because the server cannot tell who asks (A.11; when that happens is not known).</summary>
    public bool RequesterUnknown { get; set; }

    /// <summary>Both: whether a pending job can be stopped. Microsoft's page says running ones only, clients do both (A.10, open question 8).</summary>
    public bool PendingCanBeCanceled { get; set; } = true;

    /// <summary>Both: what the instance of a stopped job says. Not seen; of the words that were, failed fits (A.9).</summary>
    public string CanceledInstanceStatus { get; set; } = SourceInstanceStatus.Failed;

    /// <summary>Both: whether the final words of instances begin with a capital. One client compares lower-case ones to the letter, so they are lower-case (A.9, open question 7).</summary>
    public bool CapitalInstanceStatus { get; set; }

    /// <summary>Both: whether a failed instance has its Out parameters all the same (not in the facts).</summary>
    public bool OutputsOfFailedInstances { get; set; }

    /// <summary>Both: name of the row in ActivityInstanceData that says why an activity failed; without a value where nothing did. Not seen.</summary>
    public string ErrorDataName { get; set; } = "Error summary text";

    /// <summary>Both: whether the answer to a start says by Location where the job is (A.8, inferred; of the Web API not known either).</summary>
    public bool LocationOfNewJobs { get; set; } = true;

    /// <summary>Web API: whether a start without all In parameters is refused, as the console of the .NET 5 build had it (B.1, B.6); the .NET 6 build does not.</summary>
    public bool WebApiDemandsAllParameters { get; set; }

    /// <summary>Web API: what a job's Parameters hold; no payload was seen (B.4).</summary>
    public WebApiJobParameters WebApiJobParameters { get; set; } = WebApiJobParameters.Null;

    /// <summary>Web API: status of a stop that comes too late (not in the facts, B.7).</summary>
    public int WebApiCancelRefusalStatus { get; set; } = 400;

    /// <summary>Web API: whether the set ActivityInstances itself is listed, and not by its function latestOf alone (inferred, B.3).</summary>
    public bool WebApiListsActivityInstances { get; set; } = true;

    /// <summary>Web API: form of <c>@odata.nextLink</c>, which was not seen (B.5).</summary>
    public WebApiNextLink WebApiNextLink { get; set; } = WebApiNextLink.Skip;

    /// <summary>Web API: shape of errors, which was not seen (B.8).</summary>
    public WebApiErrorShape WebApiErrorShape { get; set; } = WebApiErrorShape.OData;

    /// <summary>Web API: name of the navigation from a runbook to its parameters. Unknown, so <c>$expand</c> of it is refused by default.</summary>
    public string? WebApiParametersNavigation { get; set; }

    /// <summary>Web API: <c>version</c> of the login object; 10.19.350.0 is the .NET 6 build for 2019 (B.1).</summary>
    public string WebApiVersion { get; set; } = "10.19.350.0";

    /// <summary>Web API: name of the login object's property with the user name (open, B.3).</summary>
    public string WebApiLoginUserProperty { get; set; } = "userName";

    /// <summary>Web API: the login object's user when nobody had to sign in.</summary>
    public string WebApiDefaultUser { get; set; } = "CONTOSO\\svc-orchestrator";

    /// <summary>Web API: whether times come without an offset, in UTC, as one client took them in an early build (B.4).</summary>
    public bool WebApiTimesWithoutOffset { get; set; }

    /// <summary>Web API: the public address that stands in <c>@odata.context</c> and next links; by default the address that was asked.</summary>
    public Uri? WebApiPublicUrl { get; set; }

    /// <summary>Web API: schema namespace in its <c>$metadata</c>, which was not seen.</summary>
    public string WebApiNamespace { get; set; } = "Microsoft.SystemCenter.Orchestrator.WebAPI.Models";
}
