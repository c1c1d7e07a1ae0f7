using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OrchestratorConnector.Model;

/// <summary>What an admin decides about a connector, as texts in the words of the cmdlets' parameters.</summary>
public static class ConnectorSettings
{
    /// <summary>All settings, by name.</summary>
    public static IReadOnlyList<(string Name, string? Text)> Of(Connector connector) =>
    [
        (nameof(connector.Name), connector.Name),
        (nameof(connector.Description), connector.Description),
        (nameof(connector.ServiceUrl), connector.ServiceUrl.OriginalString),
        (nameof(connector.Protocol), connector.Protocol.ToString()),
        (nameof(connector.Folder), connector.Folder),
        (nameof(connector.WebConsoleUrl), connector.WebConsoleUrl?.OriginalString),
        (nameof(connector.RunAsAccount), connector.RunAsAccount),
        (nameof(connector.Schedule), Text(connector.Schedule)),
        (nameof(connector.Enabled), Text(connector.Enabled)),
        (nameof(connector.AllowUnencryptedAuthentication), Text(connector.AllowUnencryptedAuthentication)),
        ("TimeoutSeconds", ((int)connector.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        (nameof(connector.ParameterEncoding), connector.ParameterEncoding.ToString()),
    ];

    /// <summary>The settings that differ.</summary>
    public static IReadOnlyList<PropertyChange> Between(Connector before, Connector after) =>
        [.. Of(before).Zip(Of(after), (b, a) => new PropertyChange(a.Name, b.Text, a.Text)).Where(c => c.Before != c.After)];

    private static string Text(bool value) => value ? "true" : "false";

    // To the second, which the schedule's own words leave out.
    private static string Text(SyncSchedule schedule) => schedule switch
    {
        { At: { } at } => "Daily at " + at.ToString("c", CultureInfo.InvariantCulture),
        { Every: { } every } => "Every " + every.ToString("c", CultureInfo.InvariantCulture),
        _ => "None",
    };
}
