using System;
using System.Threading.Tasks;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Unavoidable work, third part, of a synchronization that finds nothing changed: a prepared read of the same rows, every value
/// looked at where the database has it and none of them made into an object.
/// </summary>
internal static class ReadPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        using StoredRows rows = new(arguments["store"]);
        await Piece.TimesAsync(arguments, () => rows.ReadAll(null) == arguments.Number("runbooks")
            ? Task.CompletedTask
            : throw new InvalidOperationException("The store does not hold what was synchronized."));
    }
}
