namespace FakeOrchestrator;

/// <summary>One generation of the server: it makes answers out of a view of the source, and starts and stops jobs.</summary>
internal interface IGeneration
{
    /// <summary>Whether the path belongs to it.</summary>
    bool Owns(string path);

    /// <summary>The target without what makes no difference to the answer: by it an answer is kept.</summary>
    RequestTarget Normal(RequestTarget target);

    /// <summary>Answers a GET for a normal target.</summary>
    Answer Get(RequestTarget target, SourceView view);

    /// <summary>Answers any other method, and does what it asks for.</summary>
    Answer Write(WriteRequest request, SourceView view);

    /// <summary>Any refusal in the generation's own shape.</summary>
    Answer Error(RequestTarget target, int status, string message, Quirks quirks);
}
