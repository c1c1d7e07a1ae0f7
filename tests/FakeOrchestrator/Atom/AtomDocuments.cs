using System;
using System.Collections.Generic;
using System.Text.Json;

namespace FakeOrchestrator;

/// <summary>The Atom service's documents beside feeds and entries: service document and errors.</summary>
internal static class AtomDocuments
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n";

    /// <summary>Verbose JSON is chosen by the Accept header alone (facts A.7).</summary>
    internal static bool WantsJson(RequestTarget target)
    {
        return target.Accepts("application/json") && !target.Accepts("atom+xml") && !target.Accepts("application/xml");
    }

    /// <summary>Whether the Accept header leaves room for anything that the service has (inferred).</summary>
    internal static bool IsAcceptable(RequestTarget target)
    {
        string[] known = ["*/*", "application/*", "xml", "application/json", "text/plain"];
        return target.Accept.Length == 0 || Array.Exists(known, target.Accepts);
    }

    internal static IReadOnlyList<(string Name, string Value)> Version(string version)
    {
        return [("DataServiceVersion", version), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-cache")];
    }

    /// <summary>AtomPub, one collection for each set (facts A.3).</summary>
    internal static Answer Service(string root, bool json)
    {
        if (json)
        {
            var names = new { d = new { EntitySets = NamesOfSets() } };
            return new Answer(200, "application/json;charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(names)) { Headers = Version("1.0;") };
        }

        Utf8Buffer text = Utf8Buffer.Rent();
        text.Raw(Declaration);
        text.Raw("<service xml:base=\"");
        text.Attribute(root);
        text.Raw("\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:app=\"http://www.w3.org/2007/app\" xmlns=\"http://www.w3.org/2007/app\">");
        text.Line(1);
        text.Raw("<workspace>"u8);
        text.Line(2);
        text.Raw("<atom:title>Default</atom:title>"u8);
        foreach (string set in NamesOfSets())
        {
            text.Line(2);
            text.Raw($"<collection href=\"{set}\">");
            text.Line(3);
            text.Raw($"<atom:title>{set}</atom:title>");
            text.Line(2);
            text.Raw("</collection>"u8);
        }

        text.Line(1);
        text.Raw("</workspace>"u8);
        text.Line(0);
        text.Raw("</service>"u8);
        return new Answer(200, "application/xml;charset=utf-8", text.Finish()) { Headers = Version("1.0;") };
    }

    /// <summary>The code is empty, the language the server's (facts A.11).</summary>
    internal static Answer Error(int status, string message, string language, bool json)
    {
        if (json)
        {
            var error = new { error = new { code = "", message = new { lang = language, value = message } } };
            return new Answer(status, "application/json;charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(error)) { Headers = Version("1.0;") };
        }

        Utf8Buffer text = Utf8Buffer.Rent();
        text.Raw(Declaration);
        text.Raw("<error xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\">");
        text.Line(1);
        text.Raw("<code></code>"u8);
        text.Line(1);
        text.Raw("<message xml:lang=\"");
        text.Attribute(language);
        text.Raw("\">");
        text.Text(message);
        text.Raw("</message>"u8);
        text.Line(0);
        text.Raw("</error>"u8);
        return new Answer(status, "application/xml;charset=utf-8", text.Finish()) { Headers = Version("1.0;") };
    }

    private static List<string> NamesOfSets()
    {
        var names = new List<string>();
        foreach (EdmType type in AtomSchema.Types)
        {
            names.Add(type.Set);
        }

        return names;
    }
}
