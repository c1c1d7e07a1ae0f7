using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>An answer whose head has come and whose body is coming.</summary>
internal sealed class HttpAnswer(Uri url, HttpResponseMessage response, ResponseBody body)
{
    private const int TitleWindow = 4096;

    /// <summary>Where it came from, after redirects.</summary>
    public Uri Url { get; } = url;

    public HttpResponseMessage Response { get; } = response;

    public ResponseBody Body { get; } = body;

    public string? MediaType => Response.Content.Headers.ContentType?.MediaType;

    /// <summary>Refuses what is not data at all: nothing, or a web page that stands in between.</summary>
    /// <exception cref="OrchestratorException">ResponseEmpty, ResponseIsHtml.</exception>
    public void EnsureData()
    {
        string start = Start();
        if (start.Length == 0)
        {
            throw Error.ResponseEmpty(Url);
        }

        if (IsHtml(start))
        {
            throw Error.ResponseIsHtml(Url, TitleOf(start));
        }
    }

    /// <summary>Whether the body is a web page, by its media type or its first characters.</summary>
    public bool IsHtml(string start)
    {
        if (MediaType is "text/html" or "application/xhtml+xml")
        {
            return true;
        }

        string trimmed = start.TrimStart();
        return trimmed.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The first characters of the body, without taking them.</summary>
    public string Start()
    {
        ArraySegment<byte> bytes = Body.Peek();
        return bytes.Count == 0 ? string.Empty : Encoding.UTF8.GetString(bytes.Array!, bytes.Offset, Math.Min(bytes.Count, TitleWindow)).TrimStart('\uFEFF');
    }

    private static string? TitleOf(string html)
    {
        Match match = Regex.Match(html, "<title[^>]*>([^<]{1,200})", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        return match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value).Trim() : null;
    }
}
