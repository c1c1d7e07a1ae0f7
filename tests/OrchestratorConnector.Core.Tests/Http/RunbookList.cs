using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>Keeps what a client reads, and sees to it that it is called by one thread at a time.</summary>
internal class EntityList<T> : IEntitySink<T>
{
    private int _inside;

    public List<T> Items { get; } = [];

    public List<long> Expected { get; } = [];

    public int Resets { get; private set; }

    /// <summary>Called with every batch, before it is kept.</summary>
    public Action<IReadOnlyList<T>>? OnAdd { get; set; }

    public void Expect(long total) => Alone(() => Expected.Add(total));

    public void Reset() => Alone(() =>
    {
        Resets++;
        Items.Clear();
    });

    public void Add(IReadOnlyList<T> batch) => Alone(() =>
    {
        OnAdd?.Invoke(batch);
        Items.AddRange(batch);
    });

    protected void Alone(Action action)
    {
        Assert.Equal(1, Interlocked.Increment(ref _inside));
        action();
        Interlocked.Decrement(ref _inside);
    }
}

/// <summary>Puts runbooks and the parameters that come by themselves together.</summary>
internal sealed class RunbookList : EntityList<Runbook>, IRunbookSink
{
    public List<OwnedParameter> Parameters { get; } = [];

    public void AddParameters(IReadOnlyList<OwnedParameter> batch) => Alone(() => Parameters.AddRange(batch));

    /// <summary>The runbooks as they were read, whole; none of them twice.</summary>
    public IReadOnlyList<Runbook> Whole()
    {
        ILookup<Guid, RunbookParameter> own = Parameters.DistinctBy(p => p.Parameter.Id).ToLookup(p => p.RunbookId, p => p.Parameter);
        Assert.Equal(Items.Count, Items.DistinctBy(r => r.Id).Count());
        return [.. Items.Select(r => r.Parameters is not null ? r : new Runbook
        {
            Id = r.Id,
            FolderId = r.FolderId,
            Name = r.Name,
            Path = r.Path,
            Description = r.Description,
            IsMonitor = r.IsMonitor,
            CreatedBy = r.CreatedBy,
            CreationTime = r.CreationTime,
            LastModifiedBy = r.LastModifiedBy,
            LastModifiedTime = r.LastModifiedTime,
            CheckedOutBy = r.CheckedOutBy,
            CheckedOutTime = r.CheckedOutTime,
            Parameters = RunbookContract.Normalize(own[r.Id]),
        })];
    }
}
