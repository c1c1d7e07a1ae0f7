using System;
using System.Globalization;
using OrchestratorConnector.Model;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Sync;

/// <summary>How far a synchronization is.</summary>
internal sealed class SyncProgress(Connector connector, IReporter reporter)
{
    // Reading takes the time; comparing and writing are what is left.
    private const int ReadingShare = 90;

    private readonly string _activity = $"Synchronizing '{connector.Name}'";
    private long _total;
    private long _read;

    /// <summary>0 to 100, or <see langword="null"/> while the number of runbooks is not known.</summary>
    public int? Percent { get; private set; }

    public void Expect(long total) => _total = total;

    public void Reset() => _read = 0;

    public void Count(int runbooks)
    {
        _read += runbooks;
        Percent = _total > 0 ? (int)Math.Min(ReadingShare, _read * ReadingShare / _total) : null;
        Report(_total > 0
            ? string.Format(CultureInfo.InvariantCulture, "{0:N0} of {1:N0} runbooks", _read, _total)
            : string.Format(CultureInfo.InvariantCulture, "{0:N0} runbooks", _read));
    }

    public void Say(string status, int percent)
    {
        Percent = percent;
        Report(status);
    }

    private void Report(string status) => reporter.Progress(new ProgressStep(_activity, status, Percent));
}
