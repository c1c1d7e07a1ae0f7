using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    // Whether too many events are kept is asked at each such part of the bound.
    private const int EventPrunesPerBound = 100;

    /// <summary>How long events are kept.</summary>
    internal static readonly TimeSpan KeptEventAge = TimeSpan.FromDays(90);

    /// <inheritdoc/>
    public ConnectorEvent AddEvent(ConnectorEvent entry) => Write(session => Record(session, entry));

    /// <inheritdoc/>
    public IReadOnlyList<ConnectorEvent> FindEvents(EventQuery query) => Read(session =>
    {
        List<ConnectorEvent> events = [];
        using SqliteStatement select = session.Use(
            $"SELECT {EventRow.Columns}, c.name FROM event AS e LEFT JOIN connector AS c ON c.id = e.connector_id WHERE e.key > ?1 AND e.time >= ?2 ORDER BY e.key DESC");
        select.Bind(1, query.After).Bind(2, query.Since ?? DateTime.MinValue);
        while ((query.Last is not { } last || events.Count < last) && select.Step())
        {
            if (Fits(query, select))
            {
                events.Add(EventRow.Read(select));
            }
        }

        events.Reverse();
        return events;
    });

    private static bool Fits(EventQuery query, SqliteStatement row) =>
        (query.Levels.Count == 0 || query.Levels.Contains((EventLevel)row.Number(3)))
        && (query.Kinds.Count == 0 || query.Kinds.Contains((EventKind)row.Number(2)))
        && (query.Connectors.Count == 0 || Fits(query.Connectors, row.OptionalText(5)) || Fits(query.Connectors, row.OptionalText(12)));

    private static bool Fits(IReadOnlyList<NamePattern> patterns, string? name) => name is not null && patterns.Any(p => p.IsMatch(name));

    /// <summary>Writes events down as part of what made them.</summary>
    private void Record(SqliteSession session, IEnumerable<ConnectorEvent> entries)
    {
        foreach (ConnectorEvent entry in entries)
        {
            Record(session, entry);
        }
    }

    /// <summary>Writes an event down as part of what made it; the machine's log hears of it once that is committed.</summary>
    private ConnectorEvent Record(SqliteSession session, ConnectorEvent entry)
    {
        ConnectorEvent stamped = entry with
        {
            Time = Now,
            User = Environment.UserName,
            Machine = _options.Holder.Machine,
            ProcessId = _options.Holder.ProcessId,
        };
        stamped = stamped with { Key = EventRow.Add(session, stamped) };
        if (stamped.Key % Math.Max(1, _options.KeptEvents / EventPrunesPerBound) == 0)
        {
            EventRow.Prune(session, stamped.Key, _options.KeptEvents, stamped.Time - KeptEventAge);
        }

        session.Recorded.Add(stamped);
        return stamped;
    }

    /// <summary>Commits, and tells the machine's log what that made happen.</summary>
    private void Commit(SqliteSession session)
    {
        session.Commit();
        foreach (ConnectorEvent entry in session.Recorded)
        {
            _options.SystemLog?.Write(entry);
        }

        session.Recorded.Clear();
    }
}
