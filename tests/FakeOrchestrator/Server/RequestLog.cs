using System.Collections.Generic;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>What was asked, and how much of it at once.</summary>
internal sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<RecordedRequest> _requests = [];
    private int _running;
    private int _peak;

    internal IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count;
            }
        }
    }

    internal int Peak
    {
        get
        {
            lock (_gate)
            {
                return _peak;
            }
        }
    }

    internal RecordedRequest Begin(string method, string target, IReadOnlyDictionary<string, string> headers, string body)
    {
        lock (_gate)
        {
            _peak = int.Max(_peak, ++_running);
            var request = new RecordedRequest(_requests.Count + 1, method, target, headers, body);
            _requests.Add(request);
            return request;
        }
    }

    internal void End()
    {
        lock (_gate)
        {
            _running--;
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _peak = _running;
        }
    }
}
