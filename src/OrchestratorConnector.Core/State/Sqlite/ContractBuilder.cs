using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Makes a contract of parameters that are written already: it reads of them only what their order goes by, and copies the rest.
/// A contract is made for every runbook, and to read all of them would be most of the garbage of a synchronization.
/// </summary>
internal sealed class ContractBuilder
{
    private readonly BlobWriter _written = new();
    private readonly List<RunbookParameter> _keys = [];

    // By the parameter's own id: a page that came twice must not give a runbook its parameters twice.
    private readonly Dictionary<Guid, (int Start, int Length)> _places = [];

    /// <summary>Takes a parameter in, in place of one with the same id.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void Add(ReadOnlySpan<byte> parameter, string path)
    {
        BlobReader reader = new(parameter, path);
        RunbookParameter key = ContractCodec.ReadParameterKey(ref reader);
        if (_places.ContainsKey(key.Id))
        {
            _keys.RemoveAll(k => k.Id == key.Id);
        }

        _keys.Add(key);
        _places[key.Id] = (_written.Written.Length, parameter.Length);
        _written.Bytes(parameter);
    }

    /// <summary>Writes the contract into the buffers' value, and its fingerprints into their part.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void Build(StageBuffers buffers)
    {
        buffers.Value.Clear();
        buffers.Part.Clear();
        ContractCodec.WriteStart(buffers.Value, _keys.Count);
        IReadOnlyList<RunbookParameter> order = RunbookContract.Normalize(_keys);
        for (int i = 0; i < order.Count; i++)
        {
            (int start, int length) = _places[order[i].Id];
            ReadOnlySpan<byte> parameter = _written.Written.Slice(start, length);
            buffers.Value.Bytes(parameter);
            buffers.Part.Long(Fingerprint.Of(parameter));
        }
    }

    public void Clear()
    {
        _written.Clear();
        _keys.Clear();
        _places.Clear();
    }
}
