using System.Threading.Tasks;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Unavoidable work, first part: the same answers over HttpClient, as many at once as the product asks for, read to their end
/// and dropped. It is stricter than fair: it knows all addresses from the start, where the product has to read the first page
/// to know how many there are.
/// </summary>
internal static class DrainPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        using Requests requests = new(arguments);
        await Piece.TimesAsync(arguments, requests.DrainAsync);
    }
}
