using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Health;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Answers for all connectors what an operator asks in the morning. Which did not synchronize and why, which are overdue or take
/// too long, whose credentials are refused, which runbooks are missing or invalid, which runbook servers were seen, and which
/// runbooks' last jobs failed: one object each. The worst comes first. It reads the store; no server is asked.
/// </summary>
/// <example>
/// <code>Get-OrchestratorHealth</code>
/// <para>Everything there is to say, the worst first.</para>
/// </example>
/// <example>
/// <code>if (-not (Get-OrchestratorHealth -Quiet)) { 'Somebody should look.' }</code>
/// <para>For a monitoring script, as an exit code: exit [int](-not (Get-OrchestratorHealth -Quiet)).</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OrchestratorHealth")]
[OutputType(typeof(OrchestratorHealth), typeof(bool))]
public sealed class GetOrchestratorHealthCommand : OrchestratorCmdlet
{
    /// <summary>The connectors' names; wildcards choose several. All without it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = ["*"];

    /// <summary>Return only $true, when there is neither a warning nor an error, or $false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        NamePattern[] patterns = [.. Connector.Select(NamePattern.Parse)];
        List<HealthFinding> findings = [];
        foreach (ConnectorHealth connector in HealthReader.Read(Store, patterns, StopToken))
        {
            findings.AddRange(HealthCheck.Examine(connector, DateTime.UtcNow, TimeZoneInfo.Local));
        }

        foreach (string literal in patterns.Select(p => p.Literal).OfType<string>().Where(l => Store.FindConnector(l) is null))
        {
            WriteError(Error.ConnectorNotFound(literal, Store.GetConnectors().Select(c => c.Connector.Name)).ToErrorRecord());
        }

        if (Quiet)
        {
            WriteObject(findings.TrueForAll(f => f.Severity < HealthSeverity.Warning));
            return;
        }

        foreach (HealthFinding finding in findings.OrderByDescending(f => f.Severity))
        {
            WriteObject(new OrchestratorHealth(finding, Store.Location));
        }
    }
}
