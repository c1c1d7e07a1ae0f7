using System;
using System.Xml;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>How XML from a server is read, and what its failures mean.</summary>
internal static class SafeXml
{
    /// <summary>No DTD, no outside, no limit of its own: the body counts the bytes.</summary>
    public static XmlReaderSettings Settings(XmlNameTable names) => new()
    {
        NameTable = names,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        // Names and descriptions with control characters exist; refusing the whole library for one is no help.
        CheckCharacters = false,
    };

    public static T Guarded<T>(Func<T> read, Uri url, ResponseBody? body)
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            if (IsDtd(e))
            {
                throw Error.ResponseHasDtd(url, e);
            }

            throw body is { EndSeen: true } ? Error.ResponseTruncated(url, e) : Error.ResponseMalformed(url, e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            // Elements where text should be.
            throw Error.ResponseMalformed(url, e.Message, e);
        }
    }

    /// <summary>XmlException has no code: the word stands in the message in every language.</summary>
    private static bool IsDtd(XmlException e) => e.Message.Contains("DTD");
}
