using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using OrchestratorConnector.Model;
using OrchestratorConnector.Transfer.Json;

namespace OrchestratorConnector.Transfer;

/// <summary>Writes a document as JSON: UTF-8, one property a line, every property in its place, so that two files can be compared.</summary>
internal static class ConnectorDocumentWriter
{
    /// <summary>Writes a document and leaves the stream open.</summary>
    public static void Write(ConnectorDocument document, Stream stream)
    {
        using StreamWriter text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 4096, leaveOpen: true);
        JsonPrinter json = new(text);
        json.Object(() =>
        {
            json.Number(nameof(ConnectorDocument.SchemaVersion), ConnectorDocument.SchemaVersion);
            json.Text(nameof(document.ProductVersion), document.ProductVersion);
            json.Text(nameof(document.ExportTime), document.ExportTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            Many(json, nameof(document.Accounts), document.Accounts, Members);
            Many(json, nameof(document.Connectors), document.Connectors, Members);
            Many(json, nameof(document.Activities), document.Activities, Members);
        });
        json.End();
    }

    private static void Members(JsonPrinter json, RunAsAccount account)
    {
        json.Text(nameof(account.Name), account.Name);
        json.Text(nameof(account.Description), account.Description);
        if (account.SecretName is null)
        {
            json.Text(nameof(account.UserName), account.UserName);
        }
        else
        {
            json.Text(nameof(account.SecretName), account.SecretName);
            json.Text(nameof(account.Vault), account.Vault);
        }
    }

    private static void Members(JsonPrinter json, Connector connector)
    {
        json.Text(nameof(connector.Name), connector.Name);
        json.Text(nameof(connector.Description), connector.Description);
        json.Text(nameof(connector.ServiceUrl), connector.ServiceUrl.OriginalString);
        json.Text(nameof(connector.Protocol), connector.Protocol.ToString());
        json.Text(nameof(connector.Folder), connector.Folder);
        json.Text(nameof(connector.WebConsoleUrl), connector.WebConsoleUrl?.OriginalString);
        json.Text(nameof(connector.RunAsAccount), connector.RunAsAccount);
        json.Object(nameof(connector.Schedule), () => Members(json, connector.Schedule));
        json.Flag(nameof(connector.Enabled), connector.Enabled);
        json.Flag(nameof(connector.AllowUnencryptedAuthentication), connector.AllowUnencryptedAuthentication);
        json.Number(DocumentNames.TimeoutSeconds, (int)connector.Timeout.TotalSeconds);
        json.Text(nameof(connector.ParameterEncoding), connector.ParameterEncoding.ToString());
    }

    private static void Members(JsonPrinter json, SyncSchedule schedule)
    {
        switch (schedule)
        {
            case { At: { } at }:
                json.Text(DocumentNames.Kind, DocumentNames.Daily);
                json.Text(nameof(schedule.At), at.ToString("c", CultureInfo.InvariantCulture));
                break;
            case { Every: { } every }:
                json.Text(DocumentNames.Kind, DocumentNames.Interval);
                json.Text(nameof(schedule.Every), every.ToString("c", CultureInfo.InvariantCulture));
                break;
            default:
                json.Text(DocumentNames.Kind, DocumentNames.None);
                break;
        }
    }

    private static void Members(JsonPrinter json, DocumentActivity item)
    {
        RunbookActivity activity = item.Activity;
        json.Text(nameof(activity.Name), activity.Name);
        json.Text(nameof(activity.Description), activity.Description);
        json.Text(nameof(item.Connector), item.Connector);
        json.Text(nameof(activity.RunbookPath), activity.RunbookPath);
        json.Text(nameof(activity.RunbookId), activity.RunbookId.ToString("D"));
        json.Flag(nameof(activity.ReadyForAutomation), activity.ReadyForAutomation);
        Many(json, nameof(activity.Map), activity.Map, (j, m) =>
        {
            j.Text(DocumentNames.Parameter, m.Parameter);
            j.Text(m.IsScript ? DocumentNames.Script : DocumentNames.Property, m.Source);
        });
        Many(json, nameof(activity.OutputMap), activity.OutputMap, (j, o) =>
        {
            j.Text(DocumentNames.Parameter, o.Key);
            j.Text(DocumentNames.Property, o.Value);
        });
        Many(json, nameof(activity.Defaults), activity.Defaults, (j, d) =>
        {
            j.Text(DocumentNames.Parameter, d.Key);
            j.Text(DocumentNames.Value, d.Value);
        });
        json.Array(nameof(item.WithheldDefaults), () =>
        {
            foreach (string name in item.WithheldDefaults)
            {
                json.Text(name);
            }
        });
    }

    private static void Many<T>(JsonPrinter json, string name, IReadOnlyList<T> items, Action<JsonPrinter, T> members) => json.Array(name, () =>
    {
        foreach (T item in items)
        {
            json.Object(() => members(json, item));
        }
    });
}
