using System;
using System.Collections.Generic;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>The addresses that the servers are known by (facts A.1, B.2), and what an admin may type for them.</summary>
internal static class ServiceAddress
{
    // The 2012 path stays in later versions; Service Manager's page names the second one for 2019.
    private static readonly string[] AtomPaths = ["/Orchestrator2012/Orchestrator.svc", "/Orchestrator/Orchestrator.svc"];

    private const string WebApiPath = "/api";

    /// <summary>Checks a typed URL and takes the slash at its end away; the path's case stays as given.</summary>
    /// <exception cref="OrchestratorException">ServiceUrlInvalid.</exception>
    public static Uri Parse(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.IndexOf('@') >= 0 && !IsPlain(trimmed))
        {
            // What stands before the sign may be a password: the text is not repeated.
            throw Error.ServiceUrlInvalid(null, "it holds a user name, or cannot be read; give credentials with -RunAsAccount or -Credential.");
        }

        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out Uri? url) || (url.IsFile && trimmed.Length > 0 && trimmed[0] is '/' or '\\'))
        {
            throw Error.ServiceUrlInvalid(text, $"'{trimmed}' is not an absolute URL.");
        }

        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw Error.ServiceUrlInvalid(trimmed, $"its scheme is '{url.Scheme}', not http or https.");
        }

        if (url.Host.Length == 0)
        {
            throw Error.ServiceUrlInvalid(trimmed, "it names no server.");
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw Error.ServiceUrlInvalid(trimmed, "it holds a query or a fragment; the service root is wanted.");
        }

        return new Uri(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'));
    }

    /// <summary>Checks a typed address of a web console.</summary>
    /// <exception cref="OrchestratorException">WebConsoleUrlInvalid.</exception>
    public static Uri ParseConsole(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.UserInfo.Length == 0
            ? url
            : throw Error.WebConsoleUrlInvalid();

    /// <summary>Whether a text with an at sign is a URL that has it in its path.</summary>
    private static bool IsPlain(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Query.Length == 0
        && url.Fragment.Length == 0;

    /// <summary>The root that a client of this generation asks: a Web API given by its server alone answers below <c>/api</c>.</summary>
    public static Uri Root(Uri serviceUrl, ConnectorProtocol protocol) =>
        protocol == ConnectorProtocol.WebApi && serviceUrl.AbsolutePath.Trim('/').Length == 0
            ? new Uri(serviceUrl, WebApiPath)
            : serviceUrl;

    /// <summary>Which generations to try at a URL, the likeliest first.</summary>
    public static IReadOnlyList<ConnectorProtocol> Candidates(Uri serviceUrl)
    {
        string path = serviceUrl.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(".svc", StringComparison.OrdinalIgnoreCase))
        {
            return [ConnectorProtocol.Atom];
        }

        return path.Length == 0 || path.EndsWith(WebApiPath, StringComparison.OrdinalIgnoreCase)
            ? [ConnectorProtocol.WebApi]
            : [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];
    }

    /// <summary>Where a service usually is on the same server: asked only to name the right path when the given one is wrong.</summary>
    public static IEnumerable<(Uri Url, ConnectorProtocol Protocol)> UsualPlaces(Uri serviceUrl)
    {
        foreach (string path in AtomPaths)
        {
            yield return (new Uri(serviceUrl, path), ConnectorProtocol.Atom);
        }

        yield return (new Uri(serviceUrl, WebApiPath), ConnectorProtocol.WebApi);
    }
}
