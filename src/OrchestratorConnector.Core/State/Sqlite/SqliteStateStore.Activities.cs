using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public IReadOnlyList<RunbookActivity> GetActivities() => Read(session =>
    {
        using SqliteStatement select = session.Use(ActivityRow.Select + " ORDER BY name_key");
        List<RunbookActivity> activities = [];
        while (select.Step())
        {
            activities.Add(ActivityRow.Read(select));
        }

        return activities;
    });

    /// <inheritdoc/>
    public RunbookActivity? FindActivity(string name) => Read(session => FindActivity(session, name));

    /// <inheritdoc/>
    public RunbookActivity AddActivity(RunbookActivity activity) => Write(session =>
    {
        RequireFreeActivityName(session, activity.Name, 0);
        RunbookActivity added = activity with { CreationTime = activity.CreationTime == default ? Now : activity.CreationTime };
        using SqliteStatement insert = session.Use(ActivityRow.Insert);
        ActivityRow.Bind(insert, added).Run();
        added = added with { Id = session.LastId };
        Record(session, Event.Created(added));
        return added;
    });

    /// <inheritdoc/>
    public RunbookActivity UpdateActivity(RunbookActivity activity, Func<RunbookActivity, RunbookActivity> change) => Write(session =>
    {
        RunbookActivity current = RequireActivity(session, activity);
        RunbookActivity changed = change(current) with { Id = current.Id };
        RequireFreeActivityName(session, changed.Name, changed.Id);
        using SqliteStatement update = session.Use(ActivityRow.Update);
        ActivityRow.Bind(update, changed).Bind(12, changed.Id).Run();
        Record(session, Event.Changed(current, changed));
        return changed;
    });

    /// <inheritdoc/>
    public void RemoveActivity(RunbookActivity activity) => Write(session =>
    {
        using SqliteStatement delete = session.Use("DELETE FROM activity WHERE id = ?");
        RunbookActivity current = RequireActivity(session, activity);
        delete.Bind(1, current.Id).Run();
        return Record(session, Event.Removed(current));
    });

    private static RunbookActivity? FindActivity(SqliteSession session, string name)
    {
        using SqliteStatement select = session.Use(ActivityRow.Select + " WHERE name_key = ?");
        return select.Bind(1, NamePattern.Key(name)).Step() ? ActivityRow.Read(select) : null;
    }

    private static RunbookActivity RequireActivity(SqliteSession session, RunbookActivity activity)
    {
        using SqliteStatement select = session.Use(ActivityRow.Select + " WHERE id = ?");
        return select.Bind(1, activity.Id).Step() ? ActivityRow.Read(select) : throw ActivityNotFound(session, activity.Name);
    }

    private static void RequireFreeActivityName(SqliteSession session, string name, long owner)
    {
        using SqliteStatement select = session.Use("SELECT id, name FROM activity WHERE name_key = ?");
        if (select.Bind(1, NamePattern.Key(name)).Step() && select.Number(0) != owner)
        {
            throw Error.ActivityExists(select.Text(1));
        }
    }

    private static OrchestratorException ActivityNotFound(SqliteSession session, string name)
    {
        using SqliteStatement select = session.Use("SELECT name FROM activity");
        List<string> names = [];
        while (select.Step())
        {
            names.Add(select.Text(0));
        }

        // The name itself may be there again, as another activity.
        return Error.ActivityNotFound(name, names.Where(n => !string.Equals(n, name, StringComparison.OrdinalIgnoreCase)));
    }
}
