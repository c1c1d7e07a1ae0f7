using System;

namespace OrchestratorConnector.Transfer;

/// <summary>One item of an import, and how it is done. The next step is made when this one is through.</summary>
/// <param name="Item">The item.</param>
/// <param name="Write">Writes it.</param>
/// <param name="Assume">Goes on as if it were written: what a preview does.</param>
internal sealed record ImportStep(ImportItem Item, Action Write, Action Assume)
{
    /// <summary>Whether there is anything to do.</summary>
    public bool IsNeeded => Item.Action is ImportAction.Created or ImportAction.Changed;
}
