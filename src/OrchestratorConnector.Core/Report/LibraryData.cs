using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Report;

/// <summary>
/// Writes the library as the page's script reads it: one object whose "runbooks" come first, one by one as the store gives
/// them, then the texts that they name by index, each once. Only what repeats is held in memory.
/// </summary>
internal sealed class LibraryData(ScriptJson json, ReportClock clock)
{
    private readonly Numbered<long> _connectors = new(EqualityComparer<long>.Default);
    private readonly List<(string Name, bool IsRemoved)> _connectorRows = [];
    private readonly Numbered<(int Connector, string Path)> _folders = new(FolderComparer.Instance);
    private readonly Numbered<(string Name, ParameterDirection Direction, string? Type)> _parameters = new(EqualityComparer<(string, ParameterDirection, string?)>.Default);
    private readonly LibraryCounts _counts = new();

    /// <summary>Writes it, and counts what is written.</summary>
    public static LibraryCounts Write(IStateStore store, ReportOptions options, ReportClock clock, TextWriter text, CancellationToken cancellationToken)
    {
        LibraryData data = new(new ScriptJson(text), clock);
        data.Write(store.FindRunbooks(new RunbookQuery { Connectors = options.Connectors }, cancellationToken));
        return data._counts;
    }

    private void Write(IEnumerable<LibraryRunbook> runbooks)
    {
        json.StartObject();
        WriteArray("runbooks", runbooks, WriteRunbook);
        WriteArray("statuses", LibraryCounts.Statuses, status => json.String(StatusText.Of(status)));
        WriteArray("connectors", _connectorRows, row =>
        {
            json.StartArray();
            json.String(row.Name);
            json.Number(row.IsRemoved ? 1 : 0);
            json.EndArray();
        });
        WriteArray("folders", _folders.Values, folder =>
        {
            json.StartArray();
            json.Number(folder.Connector);
            json.String(folder.Path);
            json.EndArray();
        });
        WriteArray("parameters", _parameters.Values, parameter =>
        {
            json.StartArray();
            json.String(parameter.Name);
            json.Number((int)parameter.Direction);
            json.String(parameter.Type ?? string.Empty);
            json.EndArray();
        });
        json.EndObject();
    }

    private void WriteArray<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        json.Name(name);
        json.StartArray();
        foreach (T item in items)
        {
            write(item);
        }

        json.EndArray();
    }

    // [name, folder, status, modified, [parameters], description, reason]
    private void WriteRunbook(LibraryRunbook item)
    {
        Runbook runbook = item.Runbook;
        _counts.Add(item.Status);
        json.StartArray();
        json.String(runbook.Name);
        json.Number(_folders.IndexOf((ConnectorOf(item), FolderPath.OfRunbook(runbook.Path, runbook.Name))));
        json.Number((int)item.Status);
        json.Number(runbook.LastModifiedTime is { } modified ? clock.Minutes(modified) : 0);
        json.StartArray();
        foreach (RunbookParameter parameter in runbook.Parameters ?? [])
        {
            json.Number(_parameters.IndexOf((parameter.Name, parameter.Direction, parameter.Type)));
        }

        json.EndArray();
        json.String(runbook.Description ?? string.Empty);
        json.String(item.StatusReason ?? string.Empty);
        json.EndArray();
    }

    private int ConnectorOf(LibraryRunbook item)
    {
        int index = _connectors.IndexOf(item.ConnectorId);
        if (index == _connectorRows.Count)
        {
            _connectorRows.Add((item.Connector, item.Status == RunbookStatus.PendingDelete));
        }

        return index;
    }

    /// <summary>Different values in the order in which they came, each with its place.</summary>
    private sealed class Numbered<T>(IEqualityComparer<T> comparer)
        where T : notnull
    {
        private readonly Dictionary<T, int> _places = new(comparer);
        private readonly List<T> _values = [];

        public IReadOnlyList<T> Values => _values;

        public int IndexOf(T value)
        {
            if (!_places.TryGetValue(value, out int place))
            {
                place = _values.Count;
                _places.Add(value, place);
                _values.Add(value);
            }

            return place;
        }
    }

    private sealed class FolderComparer : IEqualityComparer<(int Connector, string Path)>
    {
        public static FolderComparer Instance { get; } = new();

        public bool Equals((int Connector, string Path) x, (int Connector, string Path) y) =>
            x.Connector == y.Connector && StringComparer.OrdinalIgnoreCase.Equals(x.Path, y.Path);

        public int GetHashCode((int Connector, string Path) folder) => (StringComparer.OrdinalIgnoreCase.GetHashCode(folder.Path) * 31) + folder.Connector;
    }
}
