using System.Collections.Generic;

namespace OrchestratorConnector.Benchmarks;

/// <summary>One thing that is measured; gives one or more rows of the table.</summary>
internal interface IMeasurement
{
    /// <summary>What <c>--only</c> calls it.</summary>
    string Name { get; }

    IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace);
}
