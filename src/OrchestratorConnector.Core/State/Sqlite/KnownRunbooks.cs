using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The fingerprints of what the library held when the stage was opened, and what of it the server returned since just as it
/// was: that needs no stage. Some 90 bytes a runbook with four parameters.
/// </summary>
/// <remarks>
/// Whatever comes for a runbook after something of it was staged is staged too, known or not: what was marked here came before
/// what is staged, and the last that came is the one that holds.
/// </remarks>
internal sealed class KnownRunbooks
{
    private readonly Dictionary<Guid, int> _indexes;
    private readonly List<long> _contents;
    private readonly List<int> _firstParameters;
    private readonly List<long> _parameters = [];
    private readonly Marks[] _marks;
    private readonly bool[] _seenParameters;
    private readonly BlobWriter _scratch = new();

    /// <summary>Reads the fingerprints, within the caller's transaction.</summary>
    [MethodImpl(Compile.AtOnce)]
    public KnownRunbooks(SqliteSession session, long connectorId)
    {
        LibraryState = LastSuccess(session, connectorId);
        int count = (int)session.Number(FormattableString.Invariant($"SELECT count(*) FROM runbook INDEXED BY runbook_id WHERE connector_id = {connectorId}"));
        _indexes = new Dictionary<Guid, int>(count);
        _contents = new List<long>(count);
        _firstParameters = new List<int>(count + 1);
        _marks = new Marks[count];
        using SqliteStatement rows = session.Prepare(
            "SELECT id, status, fingerprint, contract_fingerprint FROM runbook INDEXED BY runbook_status WHERE connector_id = ?");
        rows.Bind(1, connectorId);
        while (rows.Step())
        {
            bool isGone = (RunbookStatus)rows.Number(1) is RunbookStatus.Missing or RunbookStatus.PendingDelete;
            int index = _contents.Count;
            if (index == count)
            {
                // Its indexes do not agree on how many there are.
                throw Errors.Error.StoreDamaged(session.Path, null);
            }

            _marks[index] = isGone ? Marks.Gone : Marks.None;
            _indexes[rows.Id(0)] = index;
            _contents.Add(rows.Number(2));
            _firstParameters.Add(_parameters.Count);
            if (!ContractFingerprint.TryRead(rows.Blob(3), _parameters))
            {
                throw Errors.Error.StoreDamaged(session.Path, null);
            }
        }

        _firstParameters.Add(_parameters.Count);
        _seenParameters = new bool[_parameters.Count];
    }

    [Flags]
    private enum Marks : byte
    {
        None = 0,

        /// <summary>Missing or to be deleted in the library: not unchanged, even when it comes just as it was.</summary>
        Gone = 1,

        /// <summary>It came with the content that it has in the library.</summary>
        Seen = 2,

        /// <summary>It came with the contract that it has in the library; otherwise its parameters come by themselves.</summary>
        SeenWhole = 4,

        /// <summary>It came otherwise, and is in the stage.</summary>
        Staged = 8,

        /// <summary>One of its parameters is in the stage.</summary>
        ParameterStaged = 16,
    }

    /// <summary>The last synchronization that the fingerprints know of.</summary>
    public long LibraryState { get; }

    /// <summary>Whether the library held none.</summary>
    public bool IsEmpty => _marks.Length == 0;

    /// <summary>How many runbooks came just as they were, and are not in the stage.</summary>
    public long SeenCount { get; private set; }

    public static long LastSuccess(SqliteSession session, long connectorId)
    {
        using SqliteStatement last = session.Use("SELECT id FROM main.sync WHERE connector_id = ? AND status = ? ORDER BY id DESC LIMIT 1");
        return last.Bind(1, connectorId).Bind(2, (long)ConnectorStatus.FinishedSuccess).Step() ? last.Number(0) : 0;
    }

    /// <summary>Forgets what came.</summary>
    public void Clear()
    {
        for (int i = 0; i < _marks.Length; i++)
        {
            _marks[i] &= Marks.Gone;
        }

        Array.Clear(_seenParameters, 0, _seenParameters.Length);
        SeenCount = 0;
    }

    /// <summary>Marks a runbook when it is as it was.</summary>
    /// <returns>Whether it was marked; otherwise it belongs in the stage.</returns>
    [MethodImpl(Compile.AtOnce)]
    public bool Mark(Runbook runbook, long content)
    {
        if (!_indexes.TryGetValue(runbook.Id, out int index))
        {
            return false;
        }

        Marks marks = _marks[index];
        bool isSeen = (marks & Marks.Seen) != 0;
        bool isSame = (marks & Marks.Staged) == 0 && _contents[index] == content && (runbook.Parameters is null || IsContract(index, runbook.Parameters));
        marks &= Marks.Gone | Marks.ParameterStaged;
        if (isSame)
        {
            marks |= runbook.Parameters is null ? Marks.Seen : Marks.Seen | Marks.SeenWhole;
        }
        else
        {
            marks |= Marks.Staged;
        }

        SeenCount += (isSame ? 1 : 0) - (isSeen ? 1 : 0);
        _marks[index] = marks;
        return isSame;
    }

    /// <summary>Marks a parameter when its runbook has it.</summary>
    /// <returns>Whether it was marked; otherwise it belongs in the stage.</returns>
    [MethodImpl(Compile.AtOnce)]
    public bool Mark(OwnedParameter owned)
    {
        if (!_indexes.TryGetValue(owned.RunbookId, out int index))
        {
            return false;
        }

        if ((_marks[index] & Marks.ParameterStaged) == 0)
        {
            long fingerprint = ContractFingerprint.OfParameter(owned.Parameter, _scratch);
            for (int i = _firstParameters[index]; i < _firstParameters[index + 1]; i++)
            {
                if (_parameters[i] == fingerprint)
                {
                    _seenParameters[i] = true;
                    return true;
                }
            }

            _marks[index] |= Marks.ParameterStaged;
        }

        return false;
    }

    /// <summary>Whether a runbook of the library came, in whatever form; <see langword="null"/> when the library did not hold it.</summary>
    public bool? HasCome(Guid id) => _indexes.TryGetValue(id, out int index) ? (_marks[index] & (Marks.Seen | Marks.Staged)) != 0 : null;

    /// <summary>
    /// The runbooks that came as they were and yet differ: their parameters, which came by themselves, or their status.
    /// </summary>
    public IEnumerable<KnownDifference> FindSeenThatDiffer()
    {
        foreach (KeyValuePair<Guid, int> known in _indexes)
        {
            Marks marks = _marks[known.Value];
            if ((marks & Marks.Seen) != 0)
            {
                bool isContractSame = (marks & Marks.SeenWhole) != 0 || IsContractSeen(known.Value);
                if (!isContractSame || (marks & Marks.Gone) != 0)
                {
                    yield return new KnownDifference(known.Key, isContractSame);
                }
            }
        }
    }

    /// <summary>Which parameters of a runbook's contract in the library came, in the contract's order; nothing when it is not known.</summary>
    public ReadOnlySpan<bool> SeenParameters(Guid id) => _indexes.TryGetValue(id, out int index)
        ? _seenParameters.AsSpan(_firstParameters[index], _firstParameters[index + 1] - _firstParameters[index])
        : default;

    [MethodImpl(Compile.AtOnce)]
    private bool IsContract(int index, IReadOnlyList<RunbookParameter> parameters)
    {
        int first = _firstParameters[index];
        if (_firstParameters[index + 1] - first != parameters.Count)
        {
            return false;
        }

        for (int i = 0; i < parameters.Count; i++)
        {
            if (_parameters[first + i] != ContractFingerprint.OfParameter(parameters[i], _scratch))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsContractSeen(int index)
    {
        for (int i = _firstParameters[index]; i < _firstParameters[index + 1]; i++)
        {
            if (!_seenParameters[i])
            {
                return false;
            }
        }

        return (_marks[index] & Marks.ParameterStaged) == 0;
    }
}
