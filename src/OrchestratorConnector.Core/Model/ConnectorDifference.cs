using System.Collections.Generic;
using System.Globalization;

namespace OrchestratorConnector.Model;

/// <summary>What an admin decided otherwise about a connector.</summary>
public static class ConnectorDifference
{
    /// <summary>The settings that differ, in the words of the cmdlets' parameters.</summary>
    public static IReadOnlyList<PropertyChange> Between(Connector before, Connector after)
    {
        List<PropertyChange> changes = [];
        Compare("Name", before.Name, after.Name);
        Compare("ServiceUrl", before.ServiceUrl.OriginalString, after.ServiceUrl.OriginalString);
        Compare("Protocol", before.Protocol.ToString(), after.Protocol.ToString());
        Compare("Folder", before.Folder, after.Folder);
        Compare("WebConsoleUrl", before.WebConsoleUrl?.OriginalString, after.WebConsoleUrl?.OriginalString);
        Compare("Description", before.Description, after.Description);
        Compare("RunAsAccount", before.RunAsAccount, after.RunAsAccount);
        Compare("Schedule", before.Schedule.ToString(), after.Schedule.ToString());
        Compare("Enabled", before.Enabled.ToString(), after.Enabled.ToString());
        Compare("AllowUnencryptedAuthentication", before.AllowUnencryptedAuthentication.ToString(), after.AllowUnencryptedAuthentication.ToString());
        Compare("TimeoutSeconds", before.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture), after.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        Compare("ParameterEncoding", before.ParameterEncoding.ToString(), after.ParameterEncoding.ToString());
        return changes;

        void Compare(string name, string? was, string? becomes)
        {
            if (was != becomes)
            {
                changes.Add(new PropertyChange(name, was, becomes));
            }
        }
    }
}
