using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Unavoidable work, third part: the same rows into the same table, with its indexes, in a file with the same settings, by one
/// prepared insert in one transaction, values ready as bytes and in the order of their ids, which is the cheapest for the index.
/// No history, no lease, nothing looked up.
/// </summary>
internal static class InsertPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        List<object?[]> rows = [];
        IReadOnlyList<string> columns;
        using (StoredRows source = new(arguments["store"]))
        {
            columns = source.Columns();
            source.ReadAll(rows.Add);
        }

        for (int i = arguments.Number("times"); i > 0; i--)
        {
            string path = $"{arguments["store"]}.insert-{Guid.NewGuid():N}";
            using (SqliteStateStore store = SqliteStateStore.Open(path))
            {
                store.AddConnector(new Connector { Name = "Benchmark", ServiceUrl = new Uri("http://localhost/api") });
            }

            using (StoredRows target = new(path))
            {
                await Piece.TimeAsync(() =>
                {
                    target.InsertAll(rows, columns);
                    return Task.CompletedTask;
                });
            }

            File.Delete(path);
        }
    }
}
