using System;
using System.Text;

namespace FakeOrchestrator;

/// <summary>Bodies that are made wrong.</summary>
internal static class BodyFaults
{
    /// <summary>Entities of entities: the last one is ten thousand million times "lol".</summary>
    internal const string Bomb =
        "<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
        + "<!ENTITY f \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\"><!ENTITY i \"&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;\">"
        + "<!ENTITY j \"&i;&i;&i;&i;&i;&i;&i;&i;&i;&i;\"><!ENTITY k \"&j;&j;&j;&j;&j;&j;&j;&j;&j;&j;\"><!ENTITY e \"&k;&k;&k;&k;&k;&k;&k;&k;&k;&k;\">";

    /// <summary>Breaks one byte in the middle: an end tag of another name, or a colon that is none.</summary>
    internal static Answer Malform(Answer answer)
    {
        byte[] body = answer.Body.ToArray();
        ReadOnlySpan<byte> mark = answer.IsJson ? "\":"u8 : "</"u8;
        int middle = body.Length / 2;
        int place = body.AsSpan(middle).IndexOf(mark);
        place = place < 0 ? body.AsSpan().LastIndexOf(mark) : place + middle;
        if (place >= 0)
        {
            body[answer.IsJson ? place + 1 : place + 2] = answer.IsJson ? (byte)';' : (byte)'_';
        }

        return answer.WithBody(body);
    }

    /// <summary>Puts many characters into the first name.</summary>
    internal static Answer Swell(Answer answer, int megabytes)
    {
        ReadOnlySpan<byte> mark = answer.IsJson ? "\"Name\":\""u8 : "<d:Name>"u8;
        int place = answer.Body.Span.IndexOf(mark);
        return place < 0 ? answer : Insert(answer, place + mark.Length, Encoding.ASCII.GetBytes(new string('x', megabytes << 20)));
    }

    /// <summary>Puts a document type before the root element, and a reference to its entity e into the first title.</summary>
    internal static Answer Declare(Answer answer, string entities)
    {
        if (!answer.IsXml)
        {
            return answer;
        }

        string body = Encoding.UTF8.GetString(answer.Body.Span);
        int root = body.IndexOf("?>", StringComparison.Ordinal) + 2;
        int name = body.IndexOf('<', root);
        string rootName = body[(name + 1)..body.IndexOfAny([' ', '>', '/'], name)];
        string declared = body.Insert(root, $"<!DOCTYPE {rootName} [{entities}]>");
        int text = declared.IndexOf("</title>", StringComparison.Ordinal);
        text = text < 0 ? declared.IndexOf("</", StringComparison.Ordinal) : text;
        return answer.WithBody(Encoding.UTF8.GetBytes(declared.Insert(text, "&e;")));
    }

    private static Answer Insert(Answer answer, int place, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> body = answer.Body.Span;
        return answer.WithBody((byte[])[.. body[..place], .. text, .. body[place..]]);
    }
}
