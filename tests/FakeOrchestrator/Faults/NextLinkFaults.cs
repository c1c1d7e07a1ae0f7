using System;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.Json;

namespace FakeOrchestrator;

/// <summary>Next links that are made wrong.</summary>
internal static class NextLinkFaults
{
    /// <summary>Always another address for the same page; the server takes no notice of the option that makes it so.</summary>
    internal static Answer Endless(Answer answer, RequestTarget target)
    {
        const string Option = "page=";
        string[] options = target.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        string? current = options.FirstOrDefault(option => option.StartsWith(Option, StringComparison.Ordinal));
        int number = current is null ? 1 : int.Parse(current[Option.Length..], CultureInfo.InvariantCulture);
        return Set(answer, Address(target, options, Option, string.Create(CultureInfo.InvariantCulture, $"{Option}{number + 1}")));
    }

    /// <summary>One address, and there the same again.</summary>
    internal static Answer Repeating(Answer answer, RequestTarget target)
    {
        string[] options = target.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        return Set(answer, Address(target, options, "again=", "again=1"));
    }

    /// <summary>Puts the link in place of the one that is there, or takes it out. What is no collection stays as it is.</summary>
    internal static Answer Set(Answer answer, string? link)
    {
        if (!answer.IsCollection)
        {
            return answer;
        }

        ReadOnlySpan<byte> body = answer.Body.Span;
        bool verbose = answer.IsJson && body.StartsWith("{\"d\":"u8);
        string start = !answer.IsJson ? "\r\n  <link rel=\"next\" " : verbose ? ",\"__next\":" : ",\"@odata.nextLink\":";
        string end = !answer.IsJson ? "\r\n</feed>" : verbose ? "}}" : "}";
        int from = body.LastIndexOf(Encoding.UTF8.GetBytes(start));
        int to = body.LastIndexOf(Encoding.UTF8.GetBytes(end));
        if (to < 0)
        {
            // Another fault has cut the end off already.
            return answer;
        }

        string text = link is null ? "" : answer.IsJson ? start + JsonSerializer.Serialize(link) : $"{start}href=\"{SecurityElement.Escape(link)}\" />";
        return answer.WithBody((byte[])[.. body[..(from < 0 ? to : from)], .. Encoding.UTF8.GetBytes(text), .. body[to..]]);
    }

    private static string Address(RequestTarget target, string[] options, string replaced, string option)
    {
        return $"{target.Origin}{target.Path}?{string.Join('&', options.Where(kept => !kept.StartsWith(replaced, StringComparison.Ordinal)).Append(option))}";
    }
}
