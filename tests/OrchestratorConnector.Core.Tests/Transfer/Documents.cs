using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Model;
using OrchestratorConnector.Transfer;

namespace OrchestratorConnector.Core.Tests.Transfer;

/// <summary>Documents to write and read.</summary>
internal static class Documents
{
    public const string Odd = "Größe 漢字 🚀 'single' \"double\" back\\slash / tab\t line\r\nbreak <&> \u2028";

    public static DateTime Time { get; } = new(2026, 11, 21, 19, 0, 7, DateTimeKind.Utc);

    public static ConnectorDocument Of(Connector[]? connectors = null, RunAsAccount[]? accounts = null, params DocumentActivity[] activities) => new()
    {
        ProductVersion = "1.2.3",
        ExportTime = Time,
        Connectors = connectors ?? [],
        Accounts = accounts ?? [],
        Activities = activities,
    };

    /// <summary>A document in which every property has a value of its own.</summary>
    public static ConnectorDocument Full() => Of(
        [
            new Connector
            {
                Name = "Größe 'x' \"y\" 🚀",
                Description = Odd,
                ServiceUrl = new Uri("https://sco:81/Orchestrator2012/Orchestrator.svc"),
                Protocol = ConnectorProtocol.Atom,
                Folder = @"\Ops\Größe 'x'",
                WebConsoleUrl = new Uri("http://sco:82/#/x"),
                RunAsAccount = "Größe",
                Schedule = SyncSchedule.Daily(new TimeSpan(23, 59, 58)),
                Enabled = false,
                AllowUnencryptedAuthentication = true,
                Timeout = TimeSpan.FromSeconds(3600),
                ParameterEncoding = ParameterEncoding.Twice,
            },
            new Connector { Name = "Plain", ServiceUrl = new Uri("http://sco:81/api"), Schedule = SyncSchedule.None },
            new Connector { Name = "Often", ServiceUrl = new Uri("http://sco:81"), Protocol = ConnectorProtocol.WebApi, Schedule = SyncSchedule.Interval(new TimeSpan(1, 2, 3, 4)), Timeout = TimeSpan.FromSeconds(1), ParameterEncoding = ParameterEncoding.Once },
        ],
        [
            new RunAsAccount { Name = "Größe", Description = Odd, UserName = @"CONTOSO\o'brien ""x"" 🚀" },
            new RunAsAccount { Name = "Vault", SecretName = "sco/password 'x'", Vault = Odd },
            new RunAsAccount { Name = "Any vault", SecretName = "s" },
        ],
        new DocumentActivity(
            new RunbookActivity
            {
                Name = "Restart 🚀",
                Description = Odd,
                ConnectorId = 0,
                RunbookId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
                RunbookPath = @"\Ops\Größe 'x'\Restart",
                Map = [new ActivityMapping("", "Größe", IsScript: false), new ActivityMapping("B", " $_.Name + \"\r\n\" ", IsScript: true), new ActivityMapping("C", "", IsScript: true)],
                OutputMap = [Samples.Pair("Result \"x\"", "Größe"), Samples.Pair("", "Y")],
                Defaults = [Samples.Pair("D", Odd), Samples.Pair("", "")],
                ReadyForAutomation = true,
            },
            "Plain",
            ["Admin Password", "Größe Token"]),
        new DocumentActivity(Samples.Activity("Bare") with { ConnectorId = 0 }, "Often", []));

    public static byte[] Write(ConnectorDocument document)
    {
        using MemoryStream stream = new();
        ConnectorDocumentWriter.Write(document, stream);
        return stream.ToArray();
    }

    public static string Json(ConnectorDocument document) => Encoding.UTF8.GetString(Write(document));

    public static ConnectorDocument Read(byte[] bytes, List<string>? warnings = null)
    {
        using MemoryStream stream = new(bytes);
        return ConnectorDocumentReader.Read(stream, "x.json", (warnings ?? []).Add);
    }

    public static ConnectorDocument Read(string json, List<string>? warnings = null) => Read(Encoding.UTF8.GetBytes(json), warnings);

    /// <summary>All that there is to a document, to compare by.</summary>
    public static string[] Text(ConnectorDocument document) =>
    [
        $"{document.ProductVersion} {document.ExportTime:o} {document.ExportTime.Kind}",
        .. document.Connectors.Select(c => Samples.Text(c) + c.ServiceUrl.OriginalString + c.WebConsoleUrl?.OriginalString),
        .. document.Accounts.Select(Samples.Text),
        .. document.Activities.Select(a => $"{Samples.Text(a.Activity)} of {a.Connector} without {string.Join(",", a.WithheldDefaults)}"),
    ];
}
