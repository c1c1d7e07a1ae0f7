using System;
using System.Text.RegularExpressions;
using System.Xml;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// Finds the message in an error body. The Atom service sends <c>error/code,message</c> (facts A.11, seen); what the Web API
/// sends was not seen (facts B.8), so every member that such APIs use for text is taken.
/// </summary>
internal static class ErrorText
{
    private const int MaxLength = 1000;

    private static readonly Regex JsonMessage = new(
        @"""(?:message|detail|title|error_description)""\s*:\s*""((?:[^""\\]|\\.)+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private static readonly Regex JsonEscape = new(@"\\(u[0-9a-fA-F]{4}|.)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static string? Find(string body)
    {
        string? text = body.Length == 0 ? null : body[0] switch
        {
            '<' => FromXml(body),
            '{' => FromJson(body),
            _ => body,
        };
        return text is { Length: > MaxLength } ? text.Substring(0, MaxLength) + "…" : text;
    }

    private static string? FromXml(string body)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new System.IO.StringReader(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "message")
                {
                    return reader.ReadElementContentAsString();
                }
            }
        }
        catch (XmlException)
        {
            // No message to be had.
        }

        return null;
    }

    private static string? FromJson(string body)
    {
        Match match = JsonMessage.Match(body);
        return match.Success ? JsonEscape.Replace(match.Groups[1].Value, Unescape) : null;
    }

    private static string Unescape(Match escape)
    {
        string code = escape.Groups[1].Value;
        return code[0] switch
        {
            'u' when code.Length == 5 => ((char)Convert.ToInt32(code.Substring(1), 16)).ToString(),
            'n' or 'r' or 't' => " ",
            _ => code,
        };
    }
}
