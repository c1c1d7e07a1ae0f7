using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>A cmdlet that acts on registered connectors, named, by wildcard, or from the pipeline.</summary>
public abstract class ConnectorCmdlet : OrchestratorCmdlet
{
    /// <summary>The parameter set of names.</summary>
    private protected const string ByName = "Name";

    /// <summary>The parameter set of objects.</summary>
    private protected const string ByObject = "InputObject";

    /// <summary>The connectors' names; wildcards choose several.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public virtual string[]? Name { get; set; }

    /// <summary>Connectors as Get-OrchestratorConnector gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Output.OrchestratorConnector[]? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (ConnectorState connector in Select(Name ?? InputObject?.Select(o => WildcardPattern.Escape(o.Name)).ToArray() ?? []))
        {
            ForItem(() => ProcessConnector(connector));
        }
    }

    /// <summary>Acts on one connector.</summary>
    private protected abstract void ProcessConnector(ConnectorState connector);

    /// <summary>The connectors that names choose, each once. A literal name that does not exist is an error, a wildcard that fits nothing is not.</summary>
    private protected List<ConnectorState> Select(IReadOnlyList<string> names)
    {
        IReadOnlyList<ConnectorState> all = Store.GetConnectors();
        List<ConnectorState> selected = [];
        foreach (string name in names)
        {
            NamePattern pattern = NamePattern.Parse(name);
            List<ConnectorState> fitting = all.Where(c => pattern.IsMatch(c.Connector.Name)).ToList();
            if (fitting.Count == 0 && pattern.Literal is { } literal)
            {
                WriteError(Error.ConnectorNotFound(literal, all.Select(c => c.Connector.Name)).ToErrorRecord());
            }

            selected.AddRange(fitting.Where(c => !selected.Contains(c)));
        }

        return selected;
    }

    /// <summary>A connector as it is now, for the pipeline.</summary>
    private protected void WriteConnector(string name)
    {
        if (Store.FindConnector(name) is { } state)
        {
            WriteObject(new Output.OrchestratorConnector(state, Store.Location));
        }
    }
}
