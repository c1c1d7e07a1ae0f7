using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>A request as it came, and what became of it.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(int number, string method, string target, IReadOnlyDictionary<string, string> headers, string body)
    {
        Number = number;
        Method = method;
        Target = target;
        Headers = headers;
        Body = body;
    }

    /// <summary>The place in the order of arrival, from 1.</summary>
    public int Number { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The method that is meant: a POST may carry another one, MERGE above all, in its header X-HTTP-Method (facts A.10).</summary>
    public string Verb => Method == "POST" && Headers.TryGetValue("X-HTTP-Method", out string? meant) ? meant.Trim().ToUpperInvariant() : Method;

    /// <summary>Path and query as sent.</summary>
    public string Target { get; }

    /// <summary>The path as sent.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>The query as sent, without its question mark.</summary>
    public string Query => Target.Contains('?', System.StringComparison.Ordinal) ? Target[(Target.IndexOf('?', System.StringComparison.Ordinal) + 1)..] : "";

    /// <summary>The headers, names without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body, empty if there was none.</summary>
    public string Body { get; }

    /// <summary>The status of the answer; 0 until there is one, and if the connection was dropped instead.</summary>
    public int Status { get; internal set; }

    /// <summary>Method, target and status.</summary>
    public override string ToString()
    {
        return $"{Method} {Target} -> {Status}";
    }
}
