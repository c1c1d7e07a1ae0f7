using System.Net;
using System.Threading.Tasks;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The same requests one after another: ask, read the answer, go through it once with the product's own reader, ask for the
/// next. It stores nothing, so the product is not given credit for work that only it does.
/// </summary>
internal static class SerialPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        using Requests requests = new(arguments);
        await Piece.TimesAsync(arguments, async () =>
        {
            foreach (string address in requests.Addresses)
            {
                (HttpStatusCode status, byte[] body) = await requests.GetAsync(address);
                if (status == HttpStatusCode.OK)
                {
                    ReaderPiece.Pass(requests.Protocol, body);
                }
            }
        });
    }
}
