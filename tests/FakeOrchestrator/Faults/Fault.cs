using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>
/// Something that goes wrong, and when: <c>Fault.Status(503).On("Runbooks").Times(2)</c>. Without conditions it strikes every
/// request. It strikes after a request has signed in, unless it is told otherwise.
/// </summary>
public sealed partial class Fault
{
    private readonly Lock _gate = new();
    private readonly List<Func<RecordedRequest, bool>> _conditions = [];
    private int _pass;
    private int _times = int.MaxValue;
    private int _every = 1;
    private int _matches;
    private int _hits;

    private Fault(FaultAction action)
    {
        Action = action;
    }

    /// <summary>How often it struck.</summary>
    public int Hits => Volatile.Read(ref _hits);

    internal FaultAction Action { get; }

    internal bool StrikesStrangers { get; private set; }

    /// <summary>Only where path and query match the regular expression, without regard to case.</summary>
    public Fault On(string pattern)
    {
        var expression = new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return When(request => expression.IsMatch(Uri.UnescapeDataString(request.Target)));
    }

    /// <summary>Only on requests that fulfil the condition.</summary>
    public Fault When(Func<RecordedRequest, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Only on requests with this method, as it is meant: a POST that carries a MERGE is a MERGE.</summary>
    public Fault Method(string method)
    {
        return When(request => string.Equals(request.Verb, method, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Lets so many matching requests pass first.</summary>
    public Fault After(int passes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passes);
        _pass = passes;
        return this;
    }

    /// <summary>Strikes from the nth matching request on, counted from 1.</summary>
    public Fault From(int number)
    {
        return After(number - 1);
    }

    /// <summary>Strikes the nth matching request alone, counted from 1.</summary>
    public Fault Nth(int number)
    {
        return After(number - 1).Times(1);
    }

    /// <summary>Strikes one of so many matching requests: the last of each so many.</summary>
    public Fault Every(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _every = count;
        return this;
    }

    /// <summary>Strikes so often and no more.</summary>
    public Fault Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _times = count;
        return this;
    }

    /// <summary>Strikes once.</summary>
    public Fault Once()
    {
        return Times(1);
    }

    /// <summary>Strikes before the server asks who it is, as a load balancer in front of it would.</summary>
    public Fault BeforeAuthentication()
    {
        StrikesStrangers = true;
        return this;
    }

    /// <summary>Of <see cref="Status"/>: adds a header.</summary>
    public Fault WithHeader(string name, string value)
    {
        StatusOf().Headers.Add((name, value));
        return this;
    }

    /// <summary>Of <see cref="Status"/>: adds Retry-After in seconds.</summary>
    public Fault RetryAfter(TimeSpan wait)
    {
        return WithHeader("Retry-After", ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Of <see cref="Status"/>: adds Retry-After as a date.</summary>
    public Fault RetryAfter(DateTimeOffset date)
    {
        return WithHeader("Retry-After", date.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Of <see cref="Status"/>: says this instead of a standard text, in the generation's own error shape.</summary>
    public Fault WithMessage(string message)
    {
        StatusOf().Message = message;
        return this;
    }

    /// <summary>Of <see cref="Status"/>: sends this body.</summary>
    public Fault WithBody(string body, string contentType = "text/plain; charset=utf-8")
    {
        StatusOf().Body = (body, contentType);
        return this;
    }

    /// <summary>Of <see cref="Status"/>: what the request asks for is done all the same, as behind a proxy that has lost patience.</summary>
    public Fault AfterWork()
    {
        StatusOf().AfterWork = true;
        return this;
    }

    /// <summary>Of <see cref="Status"/>: sends no body.</summary>
    public Fault WithoutBody()
    {
        StatusOf().Body = ("", null);
        return this;
    }

    /// <summary>Whether it strikes this request; counts.</summary>
    internal bool Strikes(RecordedRequest request)
    {
        if (!_conditions.TrueForAll(condition => condition(request)))
        {
            return false;
        }

        lock (_gate)
        {
            if (++_matches <= _pass || (_matches - _pass) % _every != 0 || _hits >= _times)
            {
                return false;
            }

            _hits++;
            return true;
        }
    }

    private StatusFault StatusOf()
    {
        return Action as StatusFault ?? throw new InvalidOperationException("Only Fault.Status has a header, a message and a body to set.");
    }
}
