using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Transfer;

/// <summary>A runbook activity on its way: it names its connector, whose key is another one in every store.</summary>
/// <param name="Activity">The activity; its keys mean nothing.</param>
/// <param name="Connector">The name of the connector of its runbook.</param>
/// <param name="WithheldDefaults">The inputs whose defaults look like secrets and were left out.</param>
internal sealed record DocumentActivity(RunbookActivity Activity, string Connector, IReadOnlyList<string> WithheldDefaults);
