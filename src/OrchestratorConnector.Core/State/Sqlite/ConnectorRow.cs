using System;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>A connector as a row.</summary>
internal static class ConnectorRow
{
    /// <summary>The columns that <see cref="Read"/> reads, from <see cref="From"/>.</summary>
    public const string Columns = """
        c.id, c.name, c.service_url, c.protocol, c.folder, c.web_console_url, c.description, a.name, c.schedule_at,
        c.schedule_every, c.enabled, c.allow_unencrypted_authentication, c.timeout, c.creation_time,
        c.parameter_encoding, c.known_encoding, c.home
        """;

    /// <summary>How many columns <see cref="Read"/> reads.</summary>
    public const int ReadCount = 17;

    /// <summary>Where the columns come from.</summary>
    public const string From = " FROM connector AS c LEFT JOIN run_as_account AS a ON a.id = c.account_id ";

    /// <summary>Inserts what <see cref="Bind"/> binds.</summary>
    public const string Insert = """
        INSERT INTO connector (name, name_key, service_url, protocol, folder, web_console_url, description, account_id, schedule_at,
            schedule_every, enabled, allow_unencrypted_authentication, timeout, creation_time, parameter_encoding, known_encoding, home)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """;

    /// <summary>Writes what <see cref="Bind"/> binds over the row whose id is bound as 18.</summary>
    public const string Update = """
        UPDATE connector SET name = ?1, name_key = ?2, service_url = ?3, protocol = ?4, folder = ?5, web_console_url = ?6,
            description = ?7, account_id = ?8, schedule_at = ?9, schedule_every = ?10, enabled = ?11,
            allow_unencrypted_authentication = ?12, timeout = ?13, creation_time = ?14, parameter_encoding = ?15, known_encoding = ?16, home = ?17
        WHERE id = ?18
        """;

    public static Connector Read(SqliteStatement statement) => new()
    {
        Id = statement.Number(0),
        Name = statement.Text(1),
        ServiceUrl = statement.Url(2),
        Protocol = (ConnectorProtocol)statement.Number(3),
        Folder = statement.Text(4),
        WebConsoleUrl = statement.OptionalUrl(5),
        Description = statement.OptionalText(6),
        RunAsAccount = statement.OptionalText(7),
        Schedule = (statement.OptionalNumber(8), statement.OptionalNumber(9)) switch
        {
            ({ } at, _) => SyncSchedule.Daily(TimeSpan.FromTicks(at)),
            (_, { } every) => SyncSchedule.Interval(TimeSpan.FromTicks(every)),
            _ => SyncSchedule.None,
        },
        Enabled = statement.Flag(10),
        AllowUnencryptedAuthentication = statement.Flag(11),
        Timeout = TimeSpan.FromTicks(statement.Number(12)),
        CreationTime = statement.Time(13),
        ParameterEncoding = (ParameterEncoding)statement.Number(14),
        KnownEncoding = (ParameterEncoding)statement.Number(15),
        Home = statement.OptionalText(16),
    };

    public static SqliteStatement Bind(SqliteStatement statement, Connector connector, long? accountId) => statement
        .Bind(1, connector.Name)
        .Bind(2, NamePattern.Key(connector.Name))
        .Bind(3, connector.ServiceUrl)
        .Bind(4, (long)connector.Protocol)
        .Bind(5, connector.Folder)
        .Bind(6, connector.WebConsoleUrl)
        .Bind(7, connector.Description)
        .Bind(8, accountId)
        .Bind(9, connector.Schedule.At)
        .Bind(10, connector.Schedule.Every)
        .Bind(11, connector.Enabled)
        .Bind(12, connector.AllowUnencryptedAuthentication)
        .Bind(13, connector.Timeout)
        .Bind(14, connector.CreationTime)
        .Bind(15, (long)connector.ParameterEncoding)
        .Bind(16, (long)connector.KnownEncoding)
        .Bind(17, connector.Home);
}
