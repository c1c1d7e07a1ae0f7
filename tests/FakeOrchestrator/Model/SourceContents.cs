using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>All that the source held at one version.</summary>
internal sealed record SourceContents(
    long Version,
    IReadOnlyList<SourceFolder> Folders,
    IReadOnlyList<SourceRunbook> Runbooks,
    IReadOnlyList<SourceServer> Servers);
