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
