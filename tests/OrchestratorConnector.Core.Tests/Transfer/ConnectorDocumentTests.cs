using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Model;
using OrchestratorConnector.Transfer;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Transfer;

/// <summary>What is written is read again, looks the same every time, and holds no secret.</summary>
public sealed class ConnectorDocumentTests
{
    [Fact]
    public void Every_property_comes_back_as_it_was()
    {
        ConnectorDocument document = Documents.Full();
        List<string> warnings = [];

        ConnectorDocument read = Documents.Read(Documents.Write(document), warnings);

        Assert.Equal(Documents.Text(document), Documents.Text(read));
        Assert.Empty(warnings);
    }

    [Fact]
    public void The_sample_has_a_value_of_its_own_in_every_property()
    {
        // Else the test before could not fail: what a store keeps for itself is the exception.
        string[] kept = ["Id", "CreationTime", "KnownEncoding", "Home", "ProtectedPassword", "Version", "ChangeTime", "ConnectorId", "EqualityContract"];
        ConnectorDocument full = Documents.Full();

        AllDiffer(full.Connectors, kept);
        AllDiffer(full.Accounts, kept);
        AllDiffer([.. full.Activities.Select(a => a.Activity)], kept);
    }

    [Fact]
    public void The_bytes_are_these_on_every_machine()
    {
        ConnectorDocument document = Documents.Of(
            [Samples.Connector("Production") with { RunAsAccount = "Runbooks", WebConsoleUrl = new Uri("http://sco:82/") }],
            [new RunAsAccount { Name = "Runbooks", UserName = @"CONTOSO\svc" }, new RunAsAccount { Name = "Vault", SecretName = "sco" }],
            new DocumentActivity(
                Samples.Activity("Restart") with
                {
                    Map = [new ActivityMapping("Computer", "Name", IsScript: false), new ActivityMapping("When", "Get-Date", IsScript: true)],
                    OutputMap = [Samples.Pair("Result", "Outcome")],
                    Defaults = [Samples.Pair("Service", "Spooler")],
                },
                "Production",
                ["Password"]));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
        byte[] bytes;
        try
        {
            bytes = Documents.Write(document);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(
            """
            {
              "SchemaVersion": 1,
              "ProductVersion": "1.2.3",
              "ExportTime": "2026-11-21T19:00:07Z",
              "Accounts": [
                {
                  "Name": "Runbooks",
                  "Description": null,
                  "UserName": "CONTOSO\\svc"
                },
                {
                  "Name": "Vault",
                  "Description": null,
                  "SecretName": "sco",
                  "Vault": null
                }
              ],
              "Connectors": [
                {
                  "Name": "Production",
                  "Description": null,
                  "ServiceUrl": "http://sco:81/Orchestrator2012/Orchestrator.svc",
                  "Protocol": "Auto",
                  "Folder": "\\",
                  "WebConsoleUrl": "http://sco:82/",
                  "RunAsAccount": "Runbooks",
                  "Schedule": {
                    "Kind": "Daily",
                    "At": "02:00:00"
                  },
                  "Enabled": true,
                  "AllowUnencryptedAuthentication": false,
                  "TimeoutSeconds": 100,
                  "ParameterEncoding": "Auto"
                }
              ],
              "Activities": [
                {
                  "Name": "Restart",
                  "Description": null,
                  "Connector": "Production",
                  "RunbookPath": "\\Ops\\Restart",
                  "RunbookId": "00000001-0000-0000-0000-000000000000",
                  "ReadyForAutomation": false,
                  "Map": [
                    {
                      "Parameter": "Computer",
                      "Property": "Name"
                    },
                    {
                      "Parameter": "When",
                      "Script": "Get-Date"
                    }
                  ],
                  "OutputMap": [
                    {
                      "Parameter": "Result",
                      "Property": "Outcome"
                    }
                  ],
                  "Defaults": [
                    {
                      "Parameter": "Service",
                      "Value": "Spooler"
                    }
                  ],
                  "WithheldDefaults": [
                    "Password"
                  ]
                }
              ]
            }

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(bytes));
        Assert.Equal((byte)'{', bytes[0]);
    }

    [Fact]
    public void The_order_is_by_name_whatever_the_store_had()
    {
        Connector[] connectors = [Samples.Connector("b") with { Id = 1 }, Samples.Connector("C") with { Id = 2 }, Samples.Connector("A") with { Id = 3 }];
        RunbookActivity[] activities =
        [
            Samples.Activity("z") with { ConnectorId = 3, Map = [new("b", "x", false), new("A", "x", false)], OutputMap = [Samples.Pair("b", "x"), Samples.Pair("A", "x")], Defaults = [Samples.Pair("b", "x"), Samples.Pair("A", "x")] },
            Samples.Activity("Y") with { ConnectorId = 1 },
        ];

        ConnectorDocument document = ConnectorDocumentBuilder.Build(connectors, [], activities, Documents.Time);

        Assert.Equal(["A", "b", "C"], document.Connectors.Select(c => c.Name));
        Assert.Equal(["Y of b", "z of A"], document.Activities.Select(a => $"{a.Activity.Name} of {a.Connector}"));
        RunbookActivity last = document.Activities[1].Activity;
        Assert.Equal("A,b A,b A,b", $"{string.Join(",", last.Map.Select(m => m.Parameter))} {string.Join(",", last.OutputMap.Select(m => m.Key))} {string.Join(",", last.Defaults.Select(m => m.Key))}");
        Assert.Equal(
            Documents.Write(document),
            Documents.Write(ConnectorDocumentBuilder.Build([.. connectors.Reverse()], [], activities.Reverse(), Documents.Time)));
    }

    [Fact]
    public void Accounts_and_activities_are_those_of_the_connectors()
    {
        ConnectorDocument document = ConnectorDocumentBuilder.Build(
            [Samples.Connector("A") with { Id = 1, RunAsAccount = "used" }],
            [Samples.Account("Used"), Samples.Account("Other")],
            [Samples.Activity("Mine") with { ConnectorId = 1 }, Samples.Activity("Other's") with { ConnectorId = 2 }],
            Documents.Time);

        Assert.Equal(["Used"], document.Accounts.Select(a => a.Name));
        Assert.Equal(["Mine"], document.Activities.Select(a => a.Activity.Name));
    }

    [Fact]
    public void What_a_store_keeps_for_itself_stays_there()
    {
        ConnectorDocument document = ConnectorDocumentBuilder.Build(
            [Samples.Connector("A") with { Id = 7, RunAsAccount = "Service", KnownEncoding = ParameterEncoding.Twice, CreationTime = Documents.Time }],
            [Samples.Account() with { Id = 8, Version = 9, ChangeTime = Documents.Time }],
            [Samples.Activity() with { Id = 10, ConnectorId = 7, CreationTime = Documents.Time }],
            Documents.Time);

        Assert.Equal((0L, ParameterEncoding.Auto, default(DateTime)), (document.Connectors[0].Id, document.Connectors[0].KnownEncoding, document.Connectors[0].CreationTime));
        Assert.Equal((0L, 0L, default(DateTime)), (document.Accounts[0].Id, document.Accounts[0].Version, document.Accounts[0].ChangeTime));
        Assert.Equal((0L, 0L, default(DateTime)), (document.Activities[0].Activity.Id, document.Activities[0].Activity.ConnectorId, document.Activities[0].Activity.CreationTime));
        Assert.Equal(Documents.Text(document), Documents.Text(Documents.Read(Documents.Write(document))));
    }

    [Fact]
    public void A_password_is_not_in_it_in_any_form()
    {
        byte[] secret = [0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3, 4, 5, 6, 7, 8];
        ConnectorDocument built = ConnectorDocumentBuilder.Build(
            [Samples.Connector("A") with { RunAsAccount = "Service" }], [Samples.Account() with { ProtectedPassword = secret }], [], Documents.Time);
        ConnectorDocument careless = Documents.Of([], [Samples.Account() with { ProtectedPassword = secret }]);

        Assert.Null(Assert.Single(built.Accounts).ProtectedPassword);
        foreach (byte[] bytes in new[] { Documents.Write(built), Documents.Write(careless) })
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(secret));
            string text = Encoding.UTF8.GetString(bytes);
            Assert.DoesNotContain(Convert.ToBase64String(secret)[..12], text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(secret), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Password", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("Password", true)]
    [InlineData("Admin-Password 2", true)]
    [InlineData("admin_pwd", true)]
    [InlineData("Dienst Kennwort", true)]
    [InlineData("API Key", true)]
    [InlineData("access_TOKEN", true)]
    [InlineData("Client Secret", true)]
    [InlineData("Connection String", true)]
    [InlineData("Computer Name", false)]
    [InlineData("Service Name", false)]
    [InlineData("Path", false)]
    [InlineData("Key", false)]
    [InlineData("", false)]
    public void A_default_whose_input_says_that_it_is_a_secret_stays_there(string input, bool isSecret)
    {
        ConnectorDocument document = ConnectorDocumentBuilder.Build(
            [Samples.Connector("A") with { Id = 1 }], [], [Samples.Activity() with { Defaults = [Samples.Pair(input, "hunter2")] }], Documents.Time);

        DocumentActivity activity = Assert.Single(document.Activities);
        Assert.Equal(isSecret ? [input] : [], activity.WithheldDefaults);
        Assert.Equal(isSecret ? [] : [input], activity.Activity.Defaults.Select(d => d.Key));
        Assert.Equal(!isSecret, Documents.Json(document).Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_writer_leaves_the_stream_open()
    {
        using MemoryStream stream = new();

        ConnectorDocumentWriter.Write(Documents.Full(), stream);

        Assert.True(stream.CanWrite);
        Assert.Equal((byte)'\n', stream.ToArray()[^1]);
    }

    [Fact]
    public void A_part_is_what_some_connectors_need()
    {
        ConnectorDocument part = Documents.Full().Only(n => n is "Plain" or "Größe 'x' \"y\" 🚀");

        Assert.Equal(["Größe 'x' \"y\" 🚀", "Plain"], part.Connectors.Select(c => c.Name));
        Assert.Equal(["Größe"], part.Accounts.Select(a => a.Name));
        Assert.Equal(["Restart 🚀"], part.Activities.Select(a => a.Activity.Name));
    }

    private static void AllDiffer<T>(IReadOnlyList<T> things, string[] kept) => Assert.All(
        typeof(T).GetProperties().Where(p => !kept.Contains(p.Name)),
        p => Assert.True(things.Select(t => Samples.Text(new { Value = p.GetValue(t) })).Distinct().Count() > 1, $"{typeof(T).Name}.{p.Name}"));
}
