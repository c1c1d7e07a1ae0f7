using System;
using System.IO;
using System.Linq;
using System.Net.Http.Headers;
using System.Text;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>Makes one of the product's errors of an HTTP status that is no success.</summary>
internal static class StatusFailure
{
    private const int MaxErrorBytes = 64 * 1024;

    public static OrchestratorException Of(HttpAnswer answer, HttpSession session, ExchangeOptions options)
    {
        int status = (int)answer.Response.StatusCode;
        string identity = session.Identity.Description;
        TimeSpan? retryAfter = RetryAfter(answer.Response.Headers);
        switch (status)
        {
            case 401:
                string offered = string.Join(", ", answer.Response.Headers.WwwAuthenticate.Select(h => h.Scheme).Distinct(StringComparer.OrdinalIgnoreCase));
                return With(session.Credentials.RefusedBasic && offered.Equals("Basic", StringComparison.OrdinalIgnoreCase)
                    ? Error.BasicOverHttpRefused(answer.Url)
                    : Error.AuthenticationFailed(answer.Url, identity, offered.Length == 0 ? "nothing" : offered));
            case 403:
                string? why = ServerSays(answer);
                return new OrchestratorException(Error.AccessDenied(answer.Url, identity, why), isTransient: false, status, serverSays: why);
            case 404:
                return With(Error.ResourceNotFound(answer.Url, ServerSays(answer)));
            case 408:
                return Transient(Error.RequestTimedOut(answer.Url, options.Timeout, null));
            case 429:
                return Transient(Error.ServerBusy(answer.Url, status, retryAfter));
            case 503 when retryAfter is not null:
                return Transient(Error.ServerBusy(answer.Url, status, retryAfter));
            case 500 or 502 or 503 or 504:
                return Transient(Error.ServerFailed(answer.Url, status, ServerSays(answer)));
            case >= 500:
                return With(Error.ServerFailed(answer.Url, status, ServerSays(answer)));
            default:
                string? says = ServerSays(answer);
                return new OrchestratorException(Error.RequestRejected(answer.Url, status, says), isTransient: false, status, serverSays: says);
        }

        OrchestratorException With(OrchestratorException error) => new(error, isTransient: false, status);

        OrchestratorException Transient(OrchestratorException error) => new(error, isTransient: true, status, retryAfter);
    }

    // A moment is one of the server's clock, which its answer tells.
    private static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - (headers.Date ?? DateTimeOffset.UtcNow);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>The server's own words: the message of an error body of either generation, or a short plain text.</summary>
    private static string? ServerSays(HttpAnswer answer)
    {
        try
        {
            string text = ReadText(answer.Body);
            return answer.IsHtml(text) ? null : ErrorText.Find(text);
        }
        catch (Exception e) when (e is OrchestratorException or IOException)
        {
            // The status says enough; that its explanation broke off does not.
            return null;
        }
    }

    private static string ReadText(ResponseBody body)
    {
        byte[] buffer = new byte[MaxErrorBytes];
        int filled = 0;
        int read;
        while (filled < buffer.Length && (read = body.Read(buffer, filled, buffer.Length - filled)) > 0)
        {
            filled += read;
        }

        return Encoding.UTF8.GetString(buffer, 0, filled).TrimStart('\uFEFF').Trim();
    }
}
