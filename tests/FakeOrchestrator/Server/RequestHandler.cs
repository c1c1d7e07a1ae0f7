using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FakeOrchestrator;

/// <summary>The way of one request: recorded, delayed, struck by faults, signed in, answered.</summary>
internal sealed class RequestHandler
{
    private readonly FakeServer _server;
    private readonly RequestLog _log;
    private readonly AnswerCache _answers;
    private readonly bool _compress;
    private readonly CancellationToken _stopping;

    internal RequestHandler(FakeServer server, RequestLog log, AnswerCache answers, bool compress, CancellationToken stopping)
    {
        _server = server;
        _log = log;
        _answers = answers;
        _compress = compress;
        _stopping = stopping;
    }

    internal async Task HandleAsync(HttpContext context)
    {
        RecordedRequest request = await RecordAsync(context);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        try
        {
            await AnswerAsync(context, request, ending.Token);
        }
        catch (Exception gone) when (ending.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            context.Abort();
        }
        catch (Exception defect) when (!context.Response.HasStarted)
        {
            // A defect of the stand-in itself: nobody logs here, so the client is told.
            await AnswerSender.SendAsync(context, new Answer(500, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(defect.ToString())), ending.Token);
        }
        finally
        {
            _log.End();
        }
    }

    private async Task<RecordedRequest> RecordAsync(HttpContext context)
    {
        string body = "";
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            using var reader = new StreamReader(context.Request.Body);
            body = await reader.ReadToEndAsync(context.RequestAborted);
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in context.Request.Headers)
        {
            headers[header.Key] = header.Value.ToString();
        }

        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return _log.Begin(context.Request.Method, target, headers, body);
    }

    private async Task AnswerAsync(HttpContext context, RecordedRequest request, CancellationToken cancellation)
    {
        if (_server.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_server.Latency, cancellation);
        }

        string? user = null;
        IReadOnlyList<FaultAction> faults = _server.Faults.Take(request, strangers: true);
        AuthenticationStep? refusal = null;
        if (!faults.Any(IsFinal))
        {
            refusal = _server.Authentication.Check(request.Headers.GetValueOrDefault("Authorization"), out user);
            if (refusal is null)
            {
                faults = [.. faults, .. _server.Faults.Take(request, strangers: false)];
            }
        }

        var target = RequestTarget.Of($"{context.Request.Scheme}://{context.Request.Host}", request.Target, request.Headers.GetValueOrDefault("Accept", ""), user);
        var about = new FaultContext(target, _answers.Find(target), _server.Quirks, request.Headers.GetValueOrDefault("Accept-Encoding", ""));
        foreach (FaultAction fault in faults)
        {
            await fault.WaitAsync(cancellation);
        }

        Answer answer = refusal is not null ? Refuse(refusal, about.Quirks) : Answer(request, about, faults);
        foreach (FaultAction fault in faults)
        {
            answer = fault.Change(answer, about);
        }

        foreach (FaultAction fault in faults)
        {
            await fault.WaitBeforeSendingAsync(cancellation);
        }

        Func<HttpContext, Answer, CancellationToken, Task>? sender = faults.Select(fault => fault.Sender).FirstOrDefault(own => own is not null);
        request.Status = sender is null ? answer.Status : 0;
        await (sender ?? AnswerSender.SendAsync)(context, sender is null ? Packed(answer, about) : answer, cancellation);
    }

    private Answer Answer(RecordedRequest request, FaultContext about, IReadOnlyList<FaultAction> faults)
    {
        foreach (FaultAction fault in faults)
        {
            if (fault.Replace(about) is { } replaced)
            {
                return replaced;
            }
        }

        if (about.Generation is not { } generation || about.Target.Query.Length - 1 > about.Quirks.MaxQueryLength)
        {
            return IisPages.Error(404);
        }

        if (HttpMethods.IsGet(request.Method))
        {
            return _answers.Get(about.Target, generation, about.Quirks);
        }

        IReadOnlyDictionary<string, string> headers = request.Headers;
        var write = new WriteRequest(about.Target, request.Verb, headers.GetValueOrDefault("Content-Type", ""), request.Body, headers.GetValueOrDefault("If-Match"));
        return _answers.Write(write, generation, about.Quirks);
    }

    private Answer Packed(Answer answer, FaultContext about)
    {
        if (!_compress || answer.Body.IsEmpty || answer.Headers.Any(header => header.Name == "Content-Encoding"))
        {
            return answer;
        }

        if (Encodings.Accepts(about.AcceptEncoding, "gzip"))
        {
            return answer.WithBody(answer.Gzipped).With("Content-Encoding", "gzip").With("Vary", "Accept-Encoding");
        }

        return Encodings.Accepts(about.AcceptEncoding, "deflate")
            ? answer.WithBody(Encodings.Deflate(answer.Body, about.Quirks.RawDeflate)).With("Content-Encoding", "deflate").With("Vary", "Accept-Encoding")
            : answer;
    }

    private static Answer Refuse(AuthenticationStep step, Quirks quirks)
    {
        Answer answer = quirks.HtmlBodyOf401 ? IisPages.Error(step.Status) : new Answer(step.Status, null, default);
        foreach (string challenge in step.Challenges)
        {
            answer = answer.With("WWW-Authenticate", challenge);
        }

        return answer;
    }

    /// <summary>Whether nothing is asked after this fault.</summary>
    private static bool IsFinal(FaultAction fault)
    {
        return fault is StatusFault { AfterWork: false } or HtmlFault or RedirectFault or HangFault or ResetFault;
    }
}
