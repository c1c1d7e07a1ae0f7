using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// A body that knows whether any of it went out: until then the server cannot have done anything. HTTP writes it again only
/// for a server that asked to sign in first.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    private readonly byte[] _body;
    private volatile bool _hasBegun;

    public OnceContent(byte[] body, string mediaType)
    {
        _body = body;
        Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
    }

    /// <summary>Whether writing it to the network has begun.</summary>
    public bool HasBegun => _hasBegun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _hasBegun = true;
        return stream.WriteAsync(_body, 0, _body.Length);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
