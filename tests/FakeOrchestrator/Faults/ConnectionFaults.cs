using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace FakeOrchestrator;

/// <summary>Resets the connection before anything is done.</summary>
internal sealed class ResetFault : FaultAction
{
    internal override Answer? Replace(FaultContext context)
    {
        // Never sent: it stands in the place of an answer so that nothing is started or stopped.
        return new Answer(0, null, default);
    }

    internal override Func<HttpContext, Answer, CancellationToken, Task> Sender => static (context, _, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    };
}

/// <summary>Does what is asked for and resets the connection before anything is sent, or when the headers are.</summary>
internal sealed class LostAnswerFault(bool afterHeaders) : FaultAction
{
    internal override Func<HttpContext, Answer, CancellationToken, Task> Sender => async (context, answer, cancellation) =>
    {
        if (afterHeaders)
        {
            AnswerSender.Begin(context, answer);
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.StartAsync(cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }

        context.Abort();
    };
}

/// <summary>Sends a part of the body, then resets the connection or closes it short of the promised length.</summary>
internal sealed class BrokenBodyFault(double part, bool reset) : FaultAction
{
    internal override Func<HttpContext, Answer, CancellationToken, Task> Sender => async (context, answer, cancellation) =>
    {
        AnswerSender.Begin(context, answer);
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body[..(int)(answer.Body.Length * part)], cancellation);
        await context.Response.Body.FlushAsync(cancellation);
        if (reset)
        {
            context.Abort();
        }
    };
}

/// <summary>Sends the collection and goes on with copies of its first entity.</summary>
internal sealed class EndlessBodyFault(long limit) : FaultAction
{
    internal override Func<HttpContext, Answer, CancellationToken, Task> Sender => async (context, answer, cancellation) =>
    {
        AnswerSender.Begin(context, answer);
        var body = new EndlessBody(answer);
        await context.Response.Body.WriteAsync(body.Start, cancellation);
        for (long sent = body.Start.Length; sent < limit;)
        {
            ReadOnlyMemory<byte> piece = body.Next();
            await context.Response.Body.WriteAsync(piece, cancellation);
            sent += piece.Length;
        }

        context.Abort();
    };
}
