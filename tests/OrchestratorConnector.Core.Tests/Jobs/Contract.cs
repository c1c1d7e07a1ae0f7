using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>Contracts, written as a person would: <c>In A:String, Out B</c>; each with ids of its own.</summary>
internal static class Contract
{
    private static int _ids = 5000;

    public static IReadOnlyList<RunbookParameter> Of(string text) => RunbookContract.Normalize(
        text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(word =>
        {
            string[] parts = word.Split(' ', 2);
            string[] name = parts[1].Split(':');
            return new RunbookParameter
            {
                Id = Samples.Id(++_ids),
                Name = name[0],
                Type = name.Length > 1 ? name[1] : null,
                Direction = Enum.Parse<ParameterDirection>(parts[0]),
            };
        }));

    public static LibraryRunbook Runbook(
        string contract,
        ConnectorProtocol protocol = ConnectorProtocol.Atom,
        RunbookStatus status = RunbookStatus.Active,
        string? accepted = null,
        bool isMonitor = false,
        string? reason = null) => new()
        {
            ConnectorId = 1,
            Connector = "Main",
            Protocol = protocol,
            Status = status,
            StatusReason = reason,
            AcceptedContract = accepted is null ? null : Of(accepted),
            Runbook = new Runbook { Id = Samples.Id(1), Name = "Reset", Path = @"\Ops\Reset", IsMonitor = isMonitor, Parameters = Of(contract) },
        };
}
