using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace FakeOrchestrator;

/// <summary>Sends answers.</summary>
internal static class AnswerSender
{
    /// <summary>Status and headers but for the length.</summary>
    internal static void Begin(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.ContentType is not null)
        {
            context.Response.ContentType = answer.ContentType;
        }

        foreach ((string name, string value) in answer.Headers)
        {
            context.Response.Headers.Append(name, value);
        }
    }

    /// <summary>The whole answer from memory.</summary>
    internal static async Task SendAsync(HttpContext context, Answer answer, CancellationToken cancellation)
    {
        Begin(context, answer);
        context.Response.ContentLength = answer.Body.Length;
        if (!answer.Body.IsEmpty)
        {
            await context.Response.Body.WriteAsync(answer.Body, cancellation);
        }
    }
}
