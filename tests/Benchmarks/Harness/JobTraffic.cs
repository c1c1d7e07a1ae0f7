using System;
using System.Globalization;

namespace OrchestratorConnector.Benchmarks;

/// <summary>What a server was asked about one job.</summary>
/// <param name="Id">The job.</param>
/// <param name="Polls">How often it was asked for itself.</param>
/// <param name="Requests">All that was asked for it: its start, the polls, and its runs with what hangs on them.</param>
/// <param name="OpenPolls">How many polls were open at the same time, at most.</param>
internal sealed record JobTraffic(Guid Id, int Polls, int Requests, int OpenPolls)
{
    private const char Separator = '/';

    public static JobTraffic Parse(string text)
    {
        string[] parts = text.Split(Separator);
        return new JobTraffic(Guid.Parse(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id:N}{Separator}{Polls}{Separator}{Requests}{Separator}{OpenPolls}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
