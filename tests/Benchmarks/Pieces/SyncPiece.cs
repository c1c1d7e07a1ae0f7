using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.State.Sqlite;
using OrchestratorConnector.Sync;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The product's own synchronization, as Sync-OrchestratorConnector runs it. The store is there and open and the connector is
/// registered; what is timed is the synchronization from its lease to its commit.
/// </summary>
internal static class SyncPiece
{
    private const string Seal = """
        CREATE TRIGGER sealed_insert BEFORE INSERT ON runbook BEGIN SELECT RAISE(ABORT, 'a row was inserted'); END;
        CREATE TRIGGER sealed_update BEFORE UPDATE ON runbook BEGIN SELECT RAISE(ABORT, 'a row was updated'); END;
        CREATE TRIGGER sealed_delete BEFORE DELETE ON runbook BEGIN SELECT RAISE(ABORT, 'a row was deleted'); END;
        """;

    public static async Task RunAsync(Arguments arguments)
    {
        string store = arguments["store"];
        bool isSecond = arguments.Find("second") is not null;
        RequestList? requests = arguments.Find("requests") is { } list ? new RequestList(list) : null;
        if (isSecond)
        {
            // From here on a row that is written to the library ends the synchronization with an error.
            Execute(store, Seal);
        }

        for (int i = arguments.Number("times", 1); i > 0; i--)
        {
            if (!isSecond)
            {
                File.Delete(store);
                File.Delete(store + "-wal");
                File.Delete(store + "-shm");
            }

            SyncCounts counts = await SynchronizeAsync(arguments, store, requests);
            Expect(counts, arguments.Number("runbooks"), isSecond);
        }

        requests?.Save();
        Child.Report("peak", Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private static async Task<SyncCounts> SynchronizeAsync(Arguments arguments, string path, RequestList? requests)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        Connector connector = store.FindConnector("Benchmark")?.Connector ?? store.AddConnector(new Connector
        {
            Name = "Benchmark",
            ServiceUrl = new Uri(arguments["url"]),
            Protocol = Enum.Parse<ConnectorProtocol>(arguments["protocol"]),
        });
        IReporter reporter = requests is null ? SilentReporter.Instance : requests;
        ConnectionFactory connections = new(_ => new FixedCredentialSource(Identity.CurrentUser), (_, _) => { }, reporter);
        SyncEngine engine = new(store, connections.OpenAsync, reporter);
        SyncOutcome? outcome = null;
        await Piece.TimeAsync(async () => outcome = await engine.SynchronizeAsync(connector, force: false, CancellationToken.None));
        return outcome!.Failure is { } failure ? throw failure : outcome.Record.Counts;
    }

    /// <summary>A fast synchronization that did not do its work is worth nothing.</summary>
    private static void Expect(SyncCounts counts, int runbooks, bool isSecond)
    {
        bool isRight = counts.Total == runbooks && (isSecond ? counts.Unchanged : counts.Added) == runbooks;
        if (!isRight)
        {
            throw new InvalidOperationException($"The synchronization found {counts}.");
        }
    }

    private static void Execute(string store, string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = store, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
