using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State;

/// <summary>
/// Where a synchronization gathers what the server returns, apart from the library and invisible to everybody else, until it
/// is whole. Memory does not grow with what it holds. Used by one thread at a time.
/// </summary>
public interface ISyncStage : IDisposable
{
    /// <summary>Forgets everything: the reading starts again.</summary>
    void Clear();

    /// <summary>Takes runbooks in. One that came before, by id, is replaced.</summary>
    void Add(IReadOnlyList<Runbook> runbooks);

    /// <summary>Takes parameters of any runbooks in. Those of runbooks that never come are dropped.</summary>
    void AddParameters(IReadOnlyList<OwnedParameter> parameters);

    /// <summary>
    /// Ends the reading: gives every runbook that came without parameters those that came by themselves.
    /// </summary>
    /// <returns>How many different runbooks the stage holds.</returns>
    long Complete();

    /// <summary>
    /// What differs between stage and library, one runbook at a time, none of them twice: found new, found different, found
    /// again after it was missing, and no longer found. Nothing is written.
    /// </summary>
    IEnumerable<RunbookPair> ReadDifferences();

    /// <summary>How many runbooks of this connector the library holds that are neither missing nor to be deleted.</summary>
    long CountPresent();
}
