using System.Collections.Concurrent;
using System.IO;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Hears which addresses a synchronization asks for, so that the baselines ask for exactly the same. It is not there while
/// anything is timed.
/// </summary>
internal sealed class RequestList(string path) : IReporter
{
    private const string Start = "GET ";
    private const string End = " -> ";

    private readonly ConcurrentQueue<string> _addresses = new();

    public bool IsVerbose => false;

    public bool IsDebug => true;

    public static string[] Load(string path) => File.ReadAllLines(path);

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
        int end = message.IndexOf(End, System.StringComparison.Ordinal);
        if (message.StartsWith(Start, System.StringComparison.Ordinal) && end > 0)
        {
            _addresses.Enqueue(message[Start.Length..end]);
        }
    }

    public void Warning(string message)
    {
    }

    public void Progress(ProgressStep step)
    {
    }

    public void Save() => File.WriteAllLines(path, _addresses);
}
