using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace FakeOrchestrator;

/// <summary>Waits before the answer.</summary>
internal sealed class DelayFault(TimeSpan wait) : FaultAction
{
    internal override Task WaitAsync(CancellationToken cancellation)
    {
        return Task.Delay(wait, cancellation);
    }
}

/// <summary>Waits with the answer, when all is done.</summary>
internal sealed class LateAnswerFault(TimeSpan wait) : FaultAction
{
    internal override Task WaitBeforeSendingAsync(CancellationToken cancellation)
    {
        return Task.Delay(wait, cancellation);
    }
}

/// <summary>Waits for ever.</summary>
internal sealed class HangFault : FaultAction
{
    internal override Task WaitAsync(CancellationToken cancellation)
    {
        return Task.Delay(Timeout.Infinite, cancellation);
    }
}

/// <summary>Answers with a status.</summary>
internal sealed class StatusFault(int status) : FaultAction
{
    internal List<(string Name, string Value)> Headers { get; } = [];

    internal string Message { get; set; } = "An error occurred while processing this request.";

    internal (string Text, string? ContentType)? Body { get; set; }

    /// <summary>Whether what is asked for is done all the same, and only the answer is another.</summary>
    internal bool AfterWork { get; set; }

    internal override Answer? Replace(FaultContext context)
    {
        return AfterWork ? null : Make(context);
    }

    internal override Answer Change(Answer answer, FaultContext context)
    {
        return AfterWork ? Make(context) : answer;
    }

    private Answer Make(FaultContext context)
    {
        Answer answer = Body is { } body
            ? new Answer(status, body.ContentType, Encoding.UTF8.GetBytes(body.Text))
            : context.Generation?.Error(context.Target, status, Message, context.Quirks) ?? IisPages.Error(status);
        foreach ((string name, string value) in Headers)
        {
            answer = answer.With(name, value);
        }

        return answer;
    }
}

/// <summary>Answers with a page in HTML.</summary>
internal sealed class HtmlFault : FaultAction
{
    internal override Answer Replace(FaultContext context)
    {
        return new Answer(200, "text/html; charset=utf-8", IisPages.Portal);
    }
}

/// <summary>Sends the client elsewhere.</summary>
internal sealed class RedirectFault(Func<RequestTarget, string> location, int status) : FaultAction
{
    internal override Answer Replace(FaultContext context)
    {
        return new Answer(status, null, default).With("Location", location(context.Target));
    }
}

/// <summary>Changes the answer that there is.</summary>
internal sealed class ChangeFault(Func<Answer, FaultContext, Answer> change) : FaultAction
{
    internal override Answer Change(Answer answer, FaultContext context)
    {
        return change(answer, context);
    }
}
