using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// The body of an answer, pulled from the network as fast as it comes while a parser reads behind: a page is off the wire, and
/// its place free for the next request, before it is parsed. Bounded in memory, in size and in the time between two reads.
/// </summary>
internal sealed class ResponseBody : Stream
{
    private const int ChunkSize = 64 * 1024;

    // A page of 50 entries is some 500 KB and fits whole; an answer that is a whole set waits for its parser here.
    private const int MaxChunks = 32;

    private readonly object _lock = new();
    private readonly Queue<ArraySegment<byte>> _chunks = new();
    private readonly SemaphoreSlim _room = new(MaxChunks);
    private readonly TaskCompletionSource<bool> _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancellationToken;
    private readonly HttpResponseMessage _response;
    private readonly Uri _url;
    private readonly ExchangeOptions _options;
    private ArraySegment<byte> _current;
    private int _position;
    private long _sinceMark;
    private bool _ended;
    private bool _isDisposed;
    private Exception? _failure;

    public ResponseBody(HttpResponseMessage response, Uri url, ExchangeOptions options, CancellationToken cancellationToken)
    {
        _response = response;
        _url = url;
        _options = options;
        _cancellationToken = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Received = Task.Run(PumpAsync, CancellationToken.None);
    }

    /// <summary>Where the body comes from.</summary>
    public Uri Url => _url;

    /// <summary>Ends, never with a failure, when the last byte came or the transfer broke.</summary>
    public Task Received { get; }

    /// <summary>
    /// Ends when reading need not wait for long: the body has come, or as much of it as is kept. A parser that starts earlier
    /// would hold a thread of the pool that the transfer needs to go on.
    /// </summary>
    public Task Ready => Task.WhenAny(Received, _full.Task);

    /// <summary>Whether a parser asked for more than there was: a document that cannot be read then was cut off.</summary>
    public bool EndSeen { get; private set; }

    /// <summary>How many bytes came, after decompression.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>How many of them were read.</summary>
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        if (!FillCurrent())
        {
            EndSeen = true;
            return 0;
        }

        int taken = Math.Min(count, _current.Count - _position);
        Buffer.BlockCopy(_current.Array!, _current.Offset + _position, buffer, offset, taken);
        _position += taken;
        _sinceMark += taken;
        BytesRead += taken;
        if (_sinceMark > _options.MaxEntityBytes)
        {
            throw Error.ResponseTooLarge(_url, FormattableString.Invariant($"one entity of more than {_options.MaxEntityBytes:N0} bytes"));
        }

        return taken;
    }

    /// <summary>Called by a parser at every entity: from here on the next one is measured.</summary>
    public void Mark() => _sinceMark = 0;

    /// <summary>
    /// Reads what a parser left behind its document, so that the connection can serve the next request. The document is
    /// whole, so that whatever goes wrong now does not matter; a server that goes on and on loses the connection.
    /// </summary>
    public void Drain()
    {
        byte[] rest = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (int i = 0; i < MaxChunks && Read(rest, 0, rest.Length) > 0; i++)
            {
                Mark();
            }
        }
        catch (Exception e) when (e is OrchestratorException or IOException)
        {
            // See above.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    /// <summary>The first bytes, without taking them; fewer than asked for only where the body is shorter, or ends a chunk.</summary>
    public ArraySegment<byte> Peek() => FillCurrent()
        ? new ArraySegment<byte>(_current.Array!, _current.Offset + _position, _current.Count - _position)
        : new ArraySegment<byte>([]);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _stop.Cancel();
            _response.Dispose();
            lock (_lock)
            {
                Return(_current);
                _current = default;
                while (_chunks.Count > 0)
                {
                    Return(_chunks.Dequeue());
                }
            }

            // The pump may still hold the semaphore and the source: they go when it has ended.
            Received.ContinueWith(
                _ =>
                {
                    _room.Dispose();
                    _stop.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        base.Dispose(disposing);
    }

    private static void Return(ArraySegment<byte> chunk)
    {
        if (chunk.Array is { Length: > 0 } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private bool FillCurrent()
    {
        if (_current.Array is not null && _position < _current.Count)
        {
            return true;
        }

        lock (_lock)
        {
            while (_chunks.Count == 0)
            {
                if (_failure is not null)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    throw _failure;
                }

                if (_ended)
                {
                    return false;
                }

                Monitor.Wait(_lock);
            }

            Return(_current);
            _current = _chunks.Dequeue();
            _position = 0;
        }

        _room.Release();
        return true;
    }

    private async Task PumpAsync()
    {
        Exception? failure = null;
        try
        {
            using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            // Streams of .NET Framework look at a token only before they wait: closing the answer wakes them.
            using CancellationTokenRegistration abort = silence.Token.Register(_response.Dispose);
            try
            {
                silence.CancelAfter(_options.Timeout);
                using Stream stream = await _response.Content.ReadAsStreamAsync().ConfigureAwait(false);
                await CopyAsync(stream, silence).ConfigureAwait(false);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                failure = new OperationCanceledException(_stop.Token);
            }
            catch (Exception e) when (silence.IsCancellationRequested)
            {
                failure = Error.RequestTimedOut(_url, _options.Timeout, e).AsTransient();
            }
        }
        catch (OrchestratorException e)
        {
            failure = e;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException or InvalidDataException)
        {
            failure = HttpFailure.OfBody(_url, e);
        }

        lock (_lock)
        {
            _failure = failure;
            _ended = true;
            Monitor.PulseAll(_lock);
        }
    }

    private async Task CopyAsync(Stream stream, CancellationTokenSource silence)
    {
        while (true)
        {
            if (_room.CurrentCount == 0)
            {
                _full.TrySetResult(true);
            }

            silence.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);
            await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
            byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
            int filled = 0;
            try
            {
                int read;
                do
                {
                    silence.CancelAfter(_options.Timeout);
#if NETSTANDARD2_0
                    read = await stream.ReadAsync(chunk, filled, chunk.Length - filled, silence.Token).ConfigureAwait(false);
#else
                    read = await stream.ReadAsync(chunk.AsMemory(filled), silence.Token).ConfigureAwait(false);
#endif
                    filled += read;
                    BytesReceived += read;
                    if (BytesReceived > _options.MaxBytes)
                    {
                        throw Error.ResponseTooLarge(_url, FormattableString.Invariant($"more than {_options.MaxBytes:N0} bytes"));
                    }
                }
                // Small reads are gathered while the parser has enough to do; otherwise it gets what is there.
                while (read > 0 && filled < chunk.Length / 2 && !IsParserWaiting);

                if (filled > 0)
                {
                    lock (_lock)
                    {
                        _chunks.Enqueue(new ArraySegment<byte>(chunk, 0, filled));
                        Monitor.Pulse(_lock);
                    }

                    chunk = [];
                }

                if (read == 0)
                {
                    return;
                }
            }
            finally
            {
                if (chunk.Length > 0)
                {
                    ArrayPool<byte>.Shared.Return(chunk);
                }
            }
        }
    }

    private bool IsParserWaiting
    {
        get
        {
            lock (_lock)
            {
                return _chunks.Count == 0;
            }
        }
    }
}
