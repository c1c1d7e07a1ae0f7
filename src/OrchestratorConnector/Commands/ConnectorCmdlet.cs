using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>A cmdlet that acts on registered connectors, named, by wildcard, or from the pipeline.</summary>
public abstract class ConnectorCmdlet : OrchestratorCmdlet
{
    /// <summary>The parameter set of names.</summary>
    private protected const string ByName = "Name";

    /// <summary>The parameter set of objects.</summary>
    private protected const string ByObject = "InputObject";

    /// <summary>
    /// The connectors' names, in any case; wildcards choose several. A name without wildcards that does not exist is an error,
    /// a wildcard that fits nothing is not.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public virtual string[]? Name { get; set; }

    /// <summary>Connectors as Get-OrchestratorConnector gives them. Each is looked up again by its name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Output.OrchestratorConnector[]? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (ConnectorState connector in SelectConnectors(Name ?? InputObject?.Select(o => WildcardPattern.Escape(o.Name)).ToArray() ?? []))
        {
            ForItem(() => ProcessConnector(connector));
        }
    }

    /// <summary>Acts on one connector.</summary>
    private protected abstract void ProcessConnector(ConnectorState connector);

    /// <summary>A connector as it is now, for the pipeline.</summary>
    private protected void WriteConnector(string name)
    {
        if (Store.FindConnector(name) is { } state)
        {
            WriteObject(new Output.OrchestratorConnector(state, Store.Location));
        }
    }
}
