using System;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>Tells of one request: that it is sent, and what comes back. Of headers and bodies it knows nothing.</summary>
/// <param name="reporter">Hears it.</param>
/// <param name="method">The verb.</param>
/// <param name="url">Where to.</param>
/// <param name="attempt">1 for the first time.</param>
internal sealed class RequestLog(IReporter reporter, HttpMethod method, Uri url, int attempt)
{
    private readonly Stopwatch _watch = new();

    /// <summary>Where the request goes.</summary>
    public Uri Url => url;

    public void Sent()
    {
        _watch.Start();
        if (reporter.IsDebug)
        {
            reporter.Debug(string.Format(CultureInfo.InvariantCulture, "{0} {1}, attempt {2}", method, url, attempt));
        }
    }

    /// <param name="answered">Who answered, after redirects.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="bytes">The length of the body, after decompression.</param>
    public void Answered(Uri answered, int status, long bytes)
    {
        if (reporter.IsDebug)
        {
            reporter.Debug(string.Format(
                CultureInfo.InvariantCulture, "{0} {1} -> {2}, {3:N0} bytes in {4:N0} ms, attempt {5}", method, answered, status, bytes, _watch.Elapsed.TotalMilliseconds, attempt));
        }
    }

    public void Unanswered(Exception failure)
    {
        if (reporter.IsDebug)
        {
            reporter.Debug(string.Format(
                CultureInfo.InvariantCulture, "{0} {1} -> no answer in {2:N0} ms, attempt {3}: {4}", method, url, _watch.Elapsed.TotalMilliseconds, attempt, failure.Message));
        }
    }
}
