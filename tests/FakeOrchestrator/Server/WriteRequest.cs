namespace FakeOrchestrator;

/// <summary>A request that is no GET.</summary>
/// <param name="Target">What it is about.</param>
/// <param name="Verb">The method meant (see <see cref="RecordedRequest.Verb"/>).</param>
/// <param name="ContentType">What the body is said to be, empty if nothing is said.</param>
/// <param name="Body">The body.</param>
/// <param name="IfMatch">The If-Match header, if there is one.</param>
internal sealed record WriteRequest(RequestTarget Target, string Verb, string ContentType, string Body, string? IfMatch);
