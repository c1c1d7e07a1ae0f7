using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>A runbook activity as a row.</summary>
internal static class ActivityRow
{
    /// <summary>Selects the columns that <see cref="Read"/> reads.</summary>
    public const string Select = """
        SELECT id, name, description, connector_id, runbook_id, runbook_path, ready_for_automation, creation_time, map,
            output_map, defaults
        FROM activity
        """;

    /// <summary>Inserts what <see cref="Bind"/> binds.</summary>
    public const string Insert = """
        INSERT INTO activity (name, name_key, description, connector_id, runbook_id, runbook_path, ready_for_automation,
            creation_time, map, output_map, defaults)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """;

    /// <summary>Writes what <see cref="Bind"/> binds over the row whose id is bound as 12.</summary>
    public const string Update = """
        UPDATE activity SET name = ?1, name_key = ?2, description = ?3, connector_id = ?4, runbook_id = ?5, runbook_path = ?6,
            ready_for_automation = ?7, creation_time = ?8, map = ?9, output_map = ?10, defaults = ?11
        WHERE id = ?12
        """;

    public static RunbookActivity Read(SqliteStatement statement) => new()
    {
        Id = statement.Number(0),
        Name = statement.Text(1),
        Description = statement.OptionalText(2),
        ConnectorId = statement.Number(3),
        RunbookId = statement.Id(4),
        RunbookPath = statement.Text(5),
        ReadyForAutomation = statement.Flag(6),
        CreationTime = statement.Time(7),
        Map = MapCodec.Read(statement, 8),
        OutputMap = ValuesCodec.Read(statement, 9),
        Defaults = ValuesCodec.Read(statement, 10),
    };

    public static SqliteStatement Bind(SqliteStatement statement, RunbookActivity activity)
    {
        statement
            .Bind(1, activity.Name)
            .Bind(2, NamePattern.Key(activity.Name))
            .Bind(3, activity.Description)
            .Bind(4, activity.ConnectorId)
            .Bind(5, activity.RunbookId)
            .Bind(6, activity.RunbookPath)
            .Bind(7, activity.ReadyForAutomation)
            .Bind(8, activity.CreationTime);
        BlobWriter scratch = new();
        MapCodec.Bind(statement, 9, activity.Map, scratch);
        ValuesCodec.Bind(statement, 10, activity.OutputMap, scratch);
        ValuesCodec.Bind(statement, 11, activity.Defaults, scratch);
        return statement;
    }
}
