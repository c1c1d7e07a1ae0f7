using System;

namespace FakeOrchestrator;

/// <summary>The server refuses a request: a status and what the error body says.</summary>
internal sealed class RequestException : Exception
{
    internal RequestException(int status, string message)
        : base(message)
    {
        Status = status;
    }

    internal int Status { get; }

    internal static RequestException BadRequest(string message)
    {
        return new RequestException(400, message);
    }

    /// <summary>WCF's words for what is not there (facts A.11, inferred).</summary>
    internal static RequestException NoSegment(string segment)
    {
        return new RequestException(404, $"Resource not found for the segment '{segment}'.");
    }
}
