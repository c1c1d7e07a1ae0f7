using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>Gets the registered connectors with their status, times and counts.</summary>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnector")]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class GetOrchestratorConnectorCommand : OrchestratorCmdlet
{
    /// <summary>The connectors' names; wildcards choose several. All without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process()
    {
        IReadOnlyList<ConnectorState> all = Store.GetConnectors();
        foreach (string name in Name)
        {
            NamePattern pattern = NamePattern.Parse(name);
            List<ConnectorState> fitting = all.Where(c => pattern.IsMatch(c.Connector.Name)).ToList();
            if (fitting.Count == 0 && pattern.Literal is { } literal)
            {
                WriteError(Error.ConnectorNotFound(literal, all.Select(c => c.Connector.Name)).ToErrorRecord());
            }

            fitting.ForEach(c => WriteObject(new Output.OrchestratorConnector(c, Store.Location)));
        }
    }
}
