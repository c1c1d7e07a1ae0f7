using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace FakeOrchestrator;

/// <summary>What a fault works on.</summary>
/// <param name="Target">What was asked.</param>
/// <param name="Generation">The generation asked, none if neither owns the address.</param>
/// <param name="Quirks">The quirks of the moment.</param>
/// <param name="AcceptEncoding">What the client can unpack.</param>
internal sealed record FaultContext(RequestTarget Target, IGeneration? Generation, Quirks Quirks, string AcceptEncoding);

/// <summary>What a fault does, at the places where it can: before the answer, instead of it, to it, and in sending it.</summary>
internal abstract class FaultAction
{
    /// <summary>Waits before anything else.</summary>
    internal virtual Task WaitAsync(CancellationToken cancellation)
    {
        return Task.CompletedTask;
    }

    /// <summary>An answer in place of the true one, if this fault has one.</summary>
    internal virtual Answer? Replace(FaultContext context)
    {
        return null;
    }

    /// <summary>Changes the answer.</summary>
    internal virtual Answer Change(Answer answer, FaultContext context)
    {
        return answer;
    }

    /// <summary>Waits when the answer is made and what it tells of is done.</summary>
    internal virtual Task WaitBeforeSendingAsync(CancellationToken cancellation)
    {
        return Task.CompletedTask;
    }

    /// <summary>The way to send the answer, if this fault has one of its own.</summary>
    internal virtual Func<HttpContext, Answer, CancellationToken, Task>? Sender => null;
}
