using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>The faults that are switched on. Those that strike one request work together, in the order in which they were added.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private Fault[] _faults = [];

    /// <summary>What is switched on.</summary>
    public IReadOnlyList<Fault> Faults => Volatile.Read(ref _faults);

    /// <summary>How often any of them struck.</summary>
    public int Hits => Faults.Sum(fault => fault.Hits);

    /// <summary>Switches a fault on, and returns it.</summary>
    public Fault Add(Fault fault)
    {
        lock (_gate)
        {
            _faults = [.. _faults, fault];
        }

        return fault;
    }

    /// <summary>Switches a fault off.</summary>
    public void Remove(Fault fault)
    {
        lock (_gate)
        {
            _faults = [.. _faults.Where(known => known != fault)];
        }
    }

    /// <summary>Switches all faults off.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults = [];
        }
    }

    internal IReadOnlyList<FaultAction> Take(RecordedRequest request, bool strangers)
    {
        return Faults.Count == 0
            ? []
            : [.. Faults.Where(fault => fault.StrikesStrangers == strangers && fault.Strikes(request)).Select(fault => fault.Action)];
    }
}
