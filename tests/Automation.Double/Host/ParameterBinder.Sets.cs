using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace System.Management.Automation.Double;

/// <summary>How one parameter set is chosen: by what is bound, by the default, by the mandatory parameters, by what the pipeline may bring.</summary>
internal sealed partial class ParameterBinder
{
    /// <summary>The set that the pipeline's objects are tried with first, where more than one waits for them.</summary>
    private uint _precedence;

    private bool HasDefault() => (_current & _default) != 0;

    /// <summary>How many sets are left; all of them together count as one, as long as nothing has narrowed them.</summary>
    private static int CountOf(uint sets) => sets == uint.MaxValue ? 1 : BitOperations.PopCount(sets);

    private string SetNameOf(uint sets)
        => sets is uint.MaxValue or 0 ? _sets.NameOf(_default == 0 ? uint.MaxValue : _default) : _sets.NameOf(sets);

    private void NameSet() => _runtime.ParameterSetName = SetNameOf(_current);

    /// <summary>Settles on one set as far as it can be known, and says how many are left.</summary>
    private int ChooseSet(bool beforePipeline, bool useDefault)
    {
        bool isOpen = _current == uint.MaxValue;
        bool mayWait = beforePipeline && Unbound.Any(TakesPipelineInput);
        int count = isOpen ? Math.Max(_sets.Count, 1) : CountOf(_current);
        if (count == 0)
        {
            throw AmbiguousSet();
        }

        if (count > 1 && !isOpen)
        {
            if (HasDefault())
            {
                _runtime.ParameterSetName = SetNameOf(_default);
                _current = useDefault ? _default : _current;
                return useDefault ? 1 : count;
            }

            if (mayWait)
            {
                return count;
            }

            ChooseByMandatory();
            return 1;
        }

        if (isOpen && !mayWait && _default != 0 && useDefault)
        {
            _current = _default;
        }
        else if (isOpen && !mayWait && _default == 0 && count > 1)
        {
            ChooseByMandatory();
        }

        NameSet();
        return isOpen && _current == uint.MaxValue ? count : CountOf(_current);
    }

    /// <summary>Without a default set the one remains whose mandatory parameters are all given, if there is only one such.</summary>
    private void ChooseByMandatory()
    {
        uint complete = _current & _parameters.Aggregate(0u, (all, p) => all | p.SetFlags);
        foreach (ParameterAttribute role in Unbound.SelectMany(p => p.Sets).Where(s => s.Mandatory))
        {
            complete &= ~_sets.FlagOf(role.ParameterSetName);
        }

        if (CountOf(complete) != 1)
        {
            throw AmbiguousSet();
        }

        _current = complete;
        NameSet();
    }

    private bool TakesPipelineInput(CommandParameter parameter) => parameter.In(_current, _sets).Any(TakesPipelineInput);

    private static bool TakesPipelineInput(ParameterAttribute role) => role.ValueFromPipeline || role.ValueFromPipelineByPropertyName;

    /// <summary>
    /// Chooses a set when all arguments are bound, and refuses the call if one of its mandatory parameters has no value and the pipeline
    /// cannot bring it one.
    /// </summary>
    private void CompleteSet(bool expectsInput)
    {
        int count = ChooseSet(expectsInput, useDefault: !expectsInput);
        if (!expectsInput)
        {
            Require(Missing());
            RequireOneSet();
            return;
        }

        if (count > 1 && SetsTakingInput() is not 0 and { } taking && (_current & taking) != _current)
        {
            _current &= taking;
            count = ChooseSet(beforePipeline: true, useDefault: false);
        }

        Require(MissingBeforeInput(count));
    }

    /// <summary>The sets that can still take something from the pipeline, or none if every set can.</summary>
    private uint SetsTakingInput()
    {
        uint taking = 0;
        foreach (ParameterAttribute role in Unbound.SelectMany(p => p.In(_current, _sets)).Where(TakesPipelineInput))
        {
            if (role.ParameterSetName == ParameterAttribute.AllParameterSets)
            {
                return 0;
            }

            taking |= _sets.FlagOf(role.ParameterSetName);
        }

        return taking;
    }

    private IEnumerable<CommandParameter> Missing() => Unbound.Where(p => p.In(_current, _sets).Any(s => s.Mandatory));

    private void Require(IEnumerable<CommandParameter> missing)
    {
        string names = NamesOf(missing);
        if (names.Length > 0)
        {
            throw Error("MissingMandatoryParameter", "Cannot process command because of one or more missing mandatory parameters:" + names + ".");
        }
    }

    /// <summary>
    /// The mandatory parameters that have to be given before the pipeline brings its objects. Sets that the pipeline cannot complete give
    /// way to those that it can, and to the default.
    /// </summary>
    private List<CommandParameter> MissingBeforeInput(int count)
    {
        List<Demand> demands = Demands();
        if (demands.Count == 0)
        {
            return [];
        }

        uint lacking = demands.Exists(d => d.IsForAll) ? _current & (_sets.All == 0 ? uint.MaxValue : _sets.All) : _current & SetsOf(demands);
        if (count > 1 && HasDefault() && (_default & lacking) == 0 && !demands.Exists(d => d.IsIn(_current) && d.FromInput))
        {
            // Nothing is asked of the default, and nothing that is asked can come: what is asked for is out.
            lacking = _current & ~lacking;
            _current = lacking;
            if (_current == _default)
            {
                NameSet();
            }
            else
            {
                _precedence = _default;
            }
        }

        switch (CountOf(lacking))
        {
            case 0:
                throw AmbiguousSet();
            case 1:
                return FromLine(demands, lacking);
            case var _ when _precedence != 0:
                return [];
            case var _ when (lacking & _default) != 0 && FallsBackToDefault(demands):
                _current = _default;
                NameSet();
                return FromLine(demands, _default);
            default:
                return ChooseByInput(demands, lacking);
        }
    }

    /// <summary>What the mandatory parameters without a value ask of each set, in the order in which they are declared.</summary>
    private List<Demand> Demands()
    {
        List<Demand> demands = [];
        foreach (CommandParameter parameter in Unbound)
        {
            foreach (ParameterAttribute role in parameter.In(_current, _sets).Where(s => s.Mandatory))
            {
                uint set = role.ParameterSetName == ParameterAttribute.AllParameterSets ? uint.MaxValue : _sets.FlagOf(role.ParameterSetName);
                Demand? demand = demands.Find(d => d.Set == set);
                if (demand is null)
                {
                    demands.Add(demand = new Demand(set));
                }

                demand.ByValue |= role.ValueFromPipeline;
                demand.ByProperty |= role.ValueFromPipelineByPropertyName;
                if (!TakesPipelineInput(role))
                {
                    demand.FromLine.Add(parameter);
                }
            }
        }

        return demands;
    }

    private static uint SetsOf(IEnumerable<Demand> demands) => demands.Where(d => !d.IsForAll).Aggregate(0u, (sets, d) => sets | d.Set);

    private static List<CommandParameter> FromLine(List<Demand> demands, uint sets)
        => [.. demands.Where(d => d.IsForAll || d.IsIn(sets)).SelectMany(d => d.FromLine).Distinct()];

    /// <summary>Whether the default is what remains: the pipeline can complete it, or can complete no other set.</summary>
    private bool FallsBackToDefault(List<Demand> demands)
    {
        List<Demand> others = demands.FindAll(d => !d.IsForAll && !d.IsIn(_default));
        bool isAnotherComplete = others.Exists(d => d.FromInput && d.FromLine.Count == 0);
        return !isAnotherComplete
            || (demands.Exists(d => d.Set == _default && d.ByProperty) && !others.Exists(d => d.ByProperty))
            || demands.Exists(d => d.IsForAll && d.FromLine.Count > 0);
    }

    /// <summary>Goes for the one set that the pipeline's objects can complete, and keeps those that ask for nothing.</summary>
    private List<CommandParameter> ChooseByInput(List<Demand> demands, uint lacking)
    {
        List<Demand> concerned = demands.FindAll(d => d.IsIn(lacking));
        List<Demand> byValue = concerned.FindAll(d => d.ByValue);
        List<Demand> byProperty = concerned.FindAll(d => d.ByProperty);
        uint valueSet = byValue.Count == 1 ? byValue[0].Set : 0;
        uint propertySet = byProperty.Count == 1 ? byProperty[0].Set : 0;
        uint chosen = byProperty.Count == 0 ? valueSet
            : byValue.Count == 0 || valueSet == propertySet ? propertySet
            : 0;
        if (chosen == 0)
        {
            List<Demand> asking = demands.FindAll(d => (d.IsForAll || d.IsIn(lacking)) && d.FromLine.Count > 0);
            if (asking.Count == 0)
            {
                return [];
            }

            if (valueSet == 0)
            {
                DropUndecided(asking, byValue.Count > 1 || byProperty.Count > 1);
                return [];
            }

            chosen = valueSet;
        }

        if (concerned.Exists(d => d.Set == chosen && d.FromLine.Count > 0))
        {
            _current = chosen;
        }
        else
        {
            Drop(SetsOf(demands.FindAll(d => d.Set != chosen)));
            _precedence = _current == chosen ? 0 : chosen;
        }

        NameSet();
        return FromLine(demands, chosen);
    }

    /// <summary>Gives up the sets that ask for more than the pipeline can bring, if others wait for the same objects.</summary>
    private void DropUndecided(List<Demand> asking, bool doOthersWait)
    {
        if (!doOthersWait)
        {
            throw AmbiguousSet();
        }

        Drop(SetsOf(asking));
        if (_current == 0)
        {
            throw AmbiguousSet();
        }

        if (CountOf(_current) == 1)
        {
            NameSet();
        }
    }

    private void Drop(uint sets)
    {
        if (sets != 0)
        {
            _current = (_current == uint.MaxValue ? _sets.All : _current) & ~sets;
        }
    }

    /// <summary>By the time a record is processed one set must be left, or the default among those that are.</summary>
    private void RequireOneSet()
    {
        if (_sets.Count > 1 && _current == uint.MaxValue)
        {
            _current = _default == 0 ? throw AmbiguousSet() : _default;
        }
    }

    private ParameterBindingException AmbiguousSet()
        => Error("AmbiguousParameterSet", "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.");

    /// <summary>What one set, or all of them, still lacks.</summary>
    private sealed class Demand
    {
        internal Demand(uint set)
        {
            Set = set;
        }

        internal uint Set { get; }

        internal bool IsForAll => Set == uint.MaxValue;

        /// <summary>The parameters that only the command line can give.</summary>
        internal List<CommandParameter> FromLine { get; } = [];

        internal bool ByValue { get; set; }

        internal bool ByProperty { get; set; }

        /// <summary>Whether the pipeline can give at least one.</summary>
        internal bool FromInput => ByValue || ByProperty;

        internal bool IsIn(uint sets) => !IsForAll && (Set & sets) != 0;
    }
}
