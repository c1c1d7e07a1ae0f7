using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>One request as it came.</summary>
internal sealed record RawRequest(int Number, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Target.Split('?')[0];

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    /// <summary>The value of a query option, decoded.</summary>
    public string? Option(string name)
    {
        foreach (string option in Target.Contains('?', StringComparison.Ordinal) ? Target.Split('?', 2)[1].Split('&') : [])
        {
            string[] parts = option.Split('=', 2);
            if (Uri.UnescapeDataString(parts[0]) == name)
            {
                return Uri.UnescapeDataString(parts[1]);
            }
        }

        return null;
    }
}

/// <summary>The way back to a client, byte by byte; whatever is sent, the connection ends with the answer.</summary>
internal sealed class RawAnswer(NetworkStream stream, Socket socket, CancellationToken stopping)
{
    public Task SendAsync(int status, string? contentType, byte[] body, params string[] headers) =>
        SendPartAsync(status, contentType, body, body.Length, headers);

    public Task SendAsync(int status, string? contentType, string body, params string[] headers) =>
        SendAsync(status, contentType, Encoding.UTF8.GetBytes(body), headers);

    /// <summary>Sends fewer bytes than are promised.</summary>
    public async Task SendPartAsync(int status, string? contentType, byte[] body, long promised, params string[] headers)
    {
        await HeadAsync(status, contentType, [$"Content-Length: {promised}", .. headers]);
        await BytesAsync(body);
    }

    /// <summary>Sends status and headers; without a Content-Length the body ends with the connection.</summary>
    public Task HeadAsync(int status, string? contentType, params string[] headers) => BytesAsync(Encoding.Latin1.GetBytes(
        $"HTTP/1.1 {status} X\r\nConnection: close\r\n{(contentType is null ? "" : $"Content-Type: {contentType}\r\n")}{string.Concat(Array.ConvertAll(headers, h => h + "\r\n"))}\r\n"));

    public async Task BytesAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, stopping);
        await stream.FlushAsync(stopping);
    }

    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Ends when the client has closed the connection.</summary>
    public async Task ClientGoneAsync()
    {
        byte[] rest = new byte[1024];
        try
        {
            while (await stream.ReadAsync(rest, stopping) > 0)
            {
            }
        }
        catch (IOException)
        {
            // That is gone too.
        }
    }
}

/// <summary>A server of bare sockets on the loopback address that sends exactly what a test says.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<RawRequest> _requests = [];
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<RawRequest, RawAnswer, Task> _answer;
    private readonly Task _accepting;
    private int _count;
    private int _open;
    private int _peak;

    public RawServer(Func<RawRequest, RawAnswer, Task> answer)
    {
        _answer = answer;
        _listener.Start(128);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public IReadOnlyList<RawRequest> Requests => [.. _requests];

    /// <summary>The most requests that were under way at once.</summary>
    public int Peak => Volatile.Read(ref _peak);

    /// <summary>A server that answers everything with one body.</summary>
    public static RawServer Always(int status, string? contentType, string body, params string[] headers) =>
        new((_, answer) => answer.SendAsync(status, contentType, body, headers));

    public async ValueTask DisposeAsync()
    {
        // The loop ends first: a listener that is stopped under it throws what no other failure looks like.
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        socket.NoDelay = true;
        try
        {
            using (socket)
            await using (NetworkStream stream = new(socket))
            {
                if (await ReadHeadAsync(stream) is not { } request)
                {
                    return;
                }

                int open = Interlocked.Increment(ref _open);
                for (int peak = Volatile.Read(ref _peak); open > peak && Interlocked.CompareExchange(ref _peak, open, peak) != peak;)
                {
                    peak = Volatile.Read(ref _peak);
                }

                try
                {
                    RawAnswer answer = new(stream, socket, _stopping.Token);
                    await _answer(request, answer);
                }
                finally
                {
                    Interlocked.Decrement(ref _open);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the server goes.
        }
    }

    private async Task<RawRequest?> ReadHeadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!EndsWithBlankLine(head))
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            string[] parts = line.Split(':', 2);
            headers[parts[0]] = parts[1].Trim();
        }

        RawRequest request = new(Interlocked.Increment(ref _count), lines[0].Split(' ')[1], headers);
        _requests.Enqueue(request);
        return request;
    }

    private static bool EndsWithBlankLine(StringBuilder head) =>
        head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';
}
