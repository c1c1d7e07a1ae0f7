using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Errors;

// What the way to the server, and the server itself, can do.
internal static partial class Error
{
    public static OrchestratorException ServiceUrlInvalid(string? url, string why) =>
        New(ErrorKind.InvalidArgument, url, $"The service URL cannot be used: {why}", "Expected is http(s)://server:81/Orchestrator2012/Orchestrator.svc for 2012 to 2019, or http(s)://server:81/api for 2022 and later.");

    public static OrchestratorException HostNotFound(Uri url, Exception? inner) =>
        New(ErrorKind.ConnectionFailed, url, $"The host name '{url.Host}' cannot be resolved.", "Check the spelling, and the DNS of this machine.", inner);

    public static OrchestratorException ConnectionRefused(Uri url, Exception? inner) =>
        New(ErrorKind.ConnectionFailed, url, Invariant($"Nothing listens at {url.Host} on port {url.Port}."), "Check the port (the web service's default is 81), the IIS site and the firewall.", inner);

    public static OrchestratorException ConnectionFailed(Uri url, string why, Exception? inner) =>
        New(ErrorKind.ConnectionFailed, url, $"The connection to {url.GetLeftPart(UriPartial.Authority)} failed: {why}", null, inner);

    public static OrchestratorException TlsFailed(Uri url, string why, Exception? inner) =>
        New(ErrorKind.ConnectionFailed, url, $"No secure connection to {url.GetLeftPart(UriPartial.Authority)}: {why}", "The server's certificate must be trusted by this machine and bear the name in the URL; a service on plain HTTP needs http:// in the URL.", inner);

    public static OrchestratorException RequestTimedOut(Uri url, TimeSpan timeout, Exception? inner) =>
        New(ErrorKind.TimedOut, url, Invariant($"No answer from {url} within {timeout.TotalSeconds:0.#} seconds."), "A first request may wait while the server rebuilds its authorization cache; -TimeoutSeconds on the connector sets the limit.", inner);

    public static OrchestratorException AuthenticationFailed(Uri url, string identity, string offered) =>
        New(ErrorKind.AuthenticationFailed, url, $"{url.GetLeftPart(UriPartial.Authority)} does not accept the credentials of {identity} (it offers: {offered}).", "Check user name and password, that Windows authentication is on in IIS, and that the account is an Orchestrator user.");

    public static OrchestratorException BasicOverHttpRefused(Uri url) =>
        New(ErrorKind.Security, url, $"{url.GetLeftPart(UriPartial.Authority)} asks for Basic authentication over plain HTTP, which would send the password in clear; it was not sent.", "Use https, or -AllowUnencryptedAuthentication if the network is safe.");

    public static OrchestratorException AccessDenied(Uri url, string identity, string? serverSays) =>
        New(ErrorKind.PermissionDenied, url, $"{identity} has no right to read {url}.{Quote(serverSays)}", "Rights are given per folder and runbook in the Runbook Designer; a change takes up to half an hour to be seen (authorization cache).");

    public static OrchestratorException NotOrchestrator(Uri url, string why) =>
        New(ErrorKind.InvalidData, url, $"{url} answers, but not as an Orchestrator web service: {why}", "Expected is http(s)://server:81/Orchestrator2012/Orchestrator.svc for 2012 to 2019, or http(s)://server:81/api for 2022 and later.");

    public static OrchestratorException ServicePathWrong(Uri url, Uri right) =>
        New(ErrorKind.NotFound, url, $"There is no Orchestrator web service at {url}.", $"The service answers at {right}.");

    public static OrchestratorException FolderNotFound(string folder, Uri url, IEnumerable<string> folders) =>
        New(ErrorKind.NotFound, folder, $"The folder '{folder}' does not exist at {url}, or the account may not read it.", DidYouMean(folder, folders) ?? "Get-OrchestratorFolder lists the folders that the account can see.");

    public static OrchestratorException ServerFailed(Uri url, int status, string? serverSays) =>
        New(ErrorKind.ConnectionFailed, url, Invariant($"The server failed on {url} with HTTP status {status}.{Quote(serverSays)}"), "Its Windows Application event log has the details; the usual causes are its database and the authorization cache being rebuilt.");

    public static OrchestratorException ServerBusy(Uri url, int status, TimeSpan? retryAfter) =>
        New(ErrorKind.Busy, url, Invariant($"The server is too busy for {url} (HTTP status {status}{(retryAfter is { } wait ? FormattableString.Invariant($"; it asks to wait {wait.TotalSeconds:0} seconds") : "")})."), "Try again later.");

    public static OrchestratorException RequestRejected(Uri url, int status, string? serverSays) =>
        New(ErrorKind.InvalidOperation, url, Invariant($"The server rejected the request {url} with HTTP status {status}.{Quote(serverSays)}"));

    public static OrchestratorException ResourceNotFound(Uri url, string? serverSays) =>
        New(ErrorKind.NotFound, url, $"The server has nothing at {url}.{Quote(serverSays)}");

    public static OrchestratorException RedirectRefused(Uri url, Uri? target, bool isOwn = false) =>
        New(ErrorKind.Security, url, target is null
            ? $"{url} answers with a redirect that names no place, or with one after another."
            : isOwn
            ? $"{url} redirects to {target.GetLeftPart(UriPartial.Path)}; it was not followed, because what changes something is sent once."
            : $"{url} redirects to {target.GetLeftPart(UriPartial.Path)}, which is not the connector's own server; it was not followed, so that no credential goes there.", "If that is the right address, register it as the service URL.");

    public static OrchestratorException JobNotFound(Guid job, Uri server, Exception? inner) =>
        New(ErrorKind.NotFound, job, $"The server at {server} shows no job {job}.", "It was pruned there, or the account may not see it.", inner);

    public static OrchestratorException AnswerLost(Uri url, Exception inner) =>
        New(ErrorKind.ConnectionFailed, url, $"The request to {url} went out, and no answer came back: {inner.Message} Nobody knows here whether it was done.", "It was not sent again.", inner);

    public static OrchestratorException ResponseIsHtml(Uri url, string? title) =>
        New(ErrorKind.InvalidData, url, $"{url} answered with a web page{(title is null ? "" : $" ('{title}')")} instead of data.", "Usually a proxy, a sign-in page or an IIS error page stands in between.");

    public static OrchestratorException ResponseMalformed(Uri url, string why, Exception? inner) =>
        New(ErrorKind.InvalidData, url, $"The answer of {url} cannot be read: {why}", null, inner);

    public static OrchestratorException ResponseTruncated(Uri url, Exception? inner) =>
        New(ErrorKind.InvalidData, url, $"The answer of {url} was cut off, though the server called it a success.", "The server fails while it writes; its event log has the details.", inner);

    public static OrchestratorException ResponseEmpty(Uri url) =>
        New(ErrorKind.InvalidData, url, $"The answer of {url} is empty.");

    public static OrchestratorException ResponseTooLarge(Uri url, string what) =>
        New(ErrorKind.InvalidData, url, $"The answer of {url} is larger than can be right: {what}.");

    public static OrchestratorException ResponseHasDtd(Uri url, Exception? inner) =>
        New(ErrorKind.Security, url, $"The answer of {url} declares a DTD, which no Orchestrator does; it was not read.", null, inner);

    public static OrchestratorException EntryIncomplete(Uri url, string entry, string property) =>
        New(ErrorKind.InvalidData, url, $"In the answer of {url} the entry {entry} has no usable {property}.");

    public static OrchestratorException NextLinkRepeats(Uri url, Uri next) =>
        New(ErrorKind.InvalidData, url, $"{url} names {next} as its next page, which was read already; reading on would never end.");

    public static OrchestratorException NextLinkInvalid(Uri url, string next) =>
        New(ErrorKind.Security, url, $"{url} names a next page that is not on the connector's own server: {next}. It was not followed.");

    public static OrchestratorException PagingInconsistent(Uri url, long expected, long seen) =>
        New(ErrorKind.InvalidData, url, Invariant($"The server promised {expected} entries at {url} and delivered {seen} different ones, twice; the library was not changed."), "The source was probably being changed; synchronize again.");

    public static OrchestratorException EmptyAnswerSuspicious(string connector, long present) =>
        New(ErrorKind.InvalidData, connector, Invariant($"The server returned no runbook at all for '{connector}', where the library has {present}; the library was not changed."), "The account's rights or the server's authorization cache are the usual causes. If all runbooks really are gone, use -Force.");

    private static string Quote(string? serverSays) => string.IsNullOrWhiteSpace(serverSays) ? "" : $" The server says: {serverSays!.Trim()}";
}
