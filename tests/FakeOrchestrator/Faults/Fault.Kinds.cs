using System;

namespace FakeOrchestrator;

/// <summary>The kinds of faults.</summary>
public sealed partial class Fault
{
    /// <summary>The request is answered later, and what it asks for is done no sooner: a client that leaves in between has asked for nothing.</summary>
    public static Fault Delay(TimeSpan wait)
    {
        return new Fault(new DelayFault(wait));
    }

    /// <summary>What the request asks for is done at once and the answer comes later; without end if the time is infinite.</summary>
    public static Fault LateAnswer(TimeSpan wait)
    {
        return new Fault(new LateAnswerFault(wait));
    }

    /// <summary>What the request asks for is done, a job started above all, and then the connection is reset: before anything is sent, or after the headers.</summary>
    public static Fault LostAnswer(bool afterHeaders = false)
    {
        return new Fault(new LostAnswerFault(afterHeaders));
    }

    /// <summary>The answer never comes, and nothing is done: the request hangs until the client or the server goes away.</summary>
    public static Fault Hang()
    {
        return new Fault(new HangFault());
    }

    /// <summary>A status instead of the answer, by default with an error body in the generation's own shape.</summary>
    public static Fault Status(int status)
    {
        return new Fault(new StatusFault(status));
    }

    /// <summary>A page in HTML under 200, as a proxy or a sign-in portal sends it.</summary>
    public static Fault HtmlPage()
    {
        return new Fault(new HtmlFault());
    }

    /// <summary>200 and not one byte.</summary>
    public static Fault Empty()
    {
        return new Fault(new ChangeFault(static (answer, _) => answer.WithBody(default)));
    }

    /// <summary>A redirect to another address, on the same host if it starts with a slash.</summary>
    public static Fault Redirect(string location, int status = 302)
    {
        return new Fault(new RedirectFault(_ => location, status));
    }

    /// <summary>A redirect to the address that was asked.</summary>
    public static Fault RedirectLoop(int status = 302)
    {
        return new Fault(new RedirectFault(static target => target.Origin + target.Path + target.Query, status));
    }

    /// <summary>The connection is reset before anything is done or sent.</summary>
    public static Fault Reset()
    {
        return new Fault(new ResetFault());
    }

    /// <summary>The connection is reset when this part of the body is sent.</summary>
    public static Fault ResetInBody(double part = 0.5)
    {
        return new Fault(new BrokenBodyFault(part, reset: true));
    }

    /// <summary>The connection is closed when this part of the promised Content-Length is sent.</summary>
    public static Fault CutDirty(double part = 0.5)
    {
        return new Fault(new BrokenBodyFault(part, reset: false));
    }

    /// <summary>The body is cut off under 200 while HTTP ends as it should, as a service does that fails while it writes (facts B.5).</summary>
    public static Fault CutClean(double part = 0.5)
    {
        return new Fault(new ChangeFault((answer, _) => answer.WithBody(answer.Body[..(int)(answer.Body.Length * part)])));
    }

    /// <summary>XML or JSON that is not well-formed, from the middle on.</summary>
    public static Fault Malformed()
    {
        return new Fault(new ChangeFault(static (answer, _) => BodyFaults.Malform(answer)));
    }

    /// <summary>A text of so many megabytes in the first entity's name; with <see cref="Gzip"/> after it, a body that grows a thousandfold.</summary>
    public static Fault HugeString(int megabytes)
    {
        return new Fault(new ChangeFault((answer, _) => BodyFaults.Swell(answer, megabytes)));
    }

    /// <summary>XML with a DTD whose entities grow to billions of characters (JSON stays as it is).</summary>
    public static Fault EntityBomb()
    {
        return new Fault(new ChangeFault(static (answer, _) => BodyFaults.Declare(answer, BodyFaults.Bomb)));
    }

    /// <summary>XML with a DTD whose entity lies elsewhere (JSON stays as it is).</summary>
    public static Fault ExternalEntity(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new Fault(new ChangeFault((answer, _) => BodyFaults.Declare(answer, $"<!ENTITY e SYSTEM \"{address}\">")));
    }

    /// <summary>A collection that goes on for ever: more entities, each with its own id, until the client goes away or the limit is reached.</summary>
    public static Fault EndlessBody(long limit = 4L << 30)
    {
        return new Fault(new EndlessBodyFault(limit));
    }

    /// <summary>Every page has a next link, always another one, to a page with the same entities.</summary>
    public static Fault EndlessNextLinks()
    {
        return new Fault(new ChangeFault(static (answer, context) => NextLinkFaults.Endless(answer, context.Target)));
    }

    /// <summary>Every page has a next link, and it is the same one again.</summary>
    public static Fault RepeatingNextLink()
    {
        return new Fault(new ChangeFault(static (answer, context) => NextLinkFaults.Repeating(answer, context.Target)));
    }

    /// <summary>The next link leads to this address.</summary>
    public static Fault ForeignNextLink(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new Fault(new ChangeFault((answer, _) => NextLinkFaults.Set(answer, address.AbsoluteUri)));
    }

    /// <summary>The next link is left out.</summary>
    public static Fault NoNextLink()
    {
        return new Fault(new ChangeFault(static (answer, _) => NextLinkFaults.Set(answer, null)));
    }

    /// <summary>The body under gzip, if the client accepts it or whether or not.</summary>
    public static Fault Gzip(bool evenIfNotAccepted = false)
    {
        return new Fault(new ChangeFault((answer, context) => evenIfNotAccepted || Encodings.Accepts(context.AcceptEncoding, "gzip")
            ? answer.WithBody(answer.Gzipped).With("Content-Encoding", "gzip")
            : answer));
    }

    /// <summary>The body under deflate, if the client accepts it or whether or not.</summary>
    public static Fault Deflate(bool evenIfNotAccepted = false)
    {
        return new Fault(new ChangeFault((answer, context) => evenIfNotAccepted || Encodings.Accepts(context.AcceptEncoding, "deflate")
            ? answer.WithBody(Encodings.Deflate(answer.Body, context.Quirks.RawDeflate)).With("Content-Encoding", "deflate")
            : answer));
    }

    /// <summary>Says gzip and sends what is none.</summary>
    public static Fault FalseGzip()
    {
        return new Fault(new ChangeFault(static (answer, _) => answer.With("Content-Encoding", "gzip")));
    }
}
