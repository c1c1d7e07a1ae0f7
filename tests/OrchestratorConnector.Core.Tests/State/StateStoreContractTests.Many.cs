using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>So much at once that no stage holds it in one piece, in an order that nobody likes: held against a dictionary.</summary>
public abstract partial class StateStoreContractTests
{
    private const int Many = 1_500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Many_runbooks_come_out_as_few_do(int seed)
    {
        Connector connector = Added();
        Random random = new(seed);
        Dictionary<Guid, Runbook> source = [];
        Put(source, [.. Enumerable.Range(0, Many).Select(n => Large(random, NewId(random), n))]);

        SyncRecord first = SyncScrambled(connector, source, random);

        Assert.Equal(new SyncCounts { Total = Many, Added = Many }, first.Counts);
        AssertHolds(source);
        Assert.Equal(
            source.Values.Select(r => (r.Id, r.Name, r.Path)).Order(),
            Store.GetChanges(first.Id).Select(c => (c.Id, c.Name, c.Path)).Order());

        Guid[] ids = [.. source.Keys.Order()];
        Guid[] gone = [.. ids.Take(200)];
        Guid[] changed = [.. ids.Skip(200).Take(300)];
        Array.ForEach(gone, id => source.Remove(id));
        Put(source, [.. changed.Select((id, n) => Large(random, id, n + Many))]);
        Put(source, [.. Enumerable.Range(0, 400).Select(n => Large(random, NewId(random), n + (2 * Many)))]);

        SyncRecord second = SyncScrambled(connector, source, random);

        Assert.Equal(new SyncCounts { Total = Many + 200, Added = 400, Changed = 300, Missing = 200, Unchanged = Many - 500 }, second.Counts);
        AssertHolds(source);
        Assert.Equal(gone, Samples.All(Store).Where(r => r.Status == RunbookStatus.Missing).Select(r => r.Runbook.Id).Order());
        Assert.Equal(new SyncCounts { Total = Many + 200, Unchanged = Many + 200 }, SyncScrambled(connector, source, random).Counts);
    }

    private static void Put(Dictionary<Guid, Runbook> source, Runbook[] runbooks) => Array.ForEach(runbooks, r => source[r.Id] = r);

    /// <summary>Ids whose first bits are everything, and of which some share the whole first half.</summary>
    private static Guid NewId(Random random)
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        if (random.Next(4) == 0)
        {
            bytes.AsSpan(0, 8).Fill((byte)(random.Next(2) == 0 ? 0x00 : 0xFF));
        }

        return new Guid(bytes);
    }

    private static Runbook Large(Random random, Guid id, int number) => new()
    {
        Id = id,
        FolderId = Samples.Id(number),
        Name = $"Größe {number}",
        Path = $@"\Ops\Größe {number}",
        Description = new string((char)('a' + (number % 26)), random.Next(4_000)),
        CreatedBy = number % 3 == 0 ? null : "S-1-5-" + number.ToString(CultureInfo.InvariantCulture),
        CreationTime = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(number),
        IsMonitor = number % 2 == 0,
        Parameters = RunbookContract.Normalize(Enumerable.Range(0, random.Next(6)).Select(p => new RunbookParameter
        {
            Id = NewId(random),
            Name = $"P{p}",
            Direction = p % 2 == 0 ? ParameterDirection.In : ParameterDirection.Out,
            Description = p == 3 ? "of three" : null,
        })),
    };

    private static Runbook Without(Runbook runbook, string? description) => new()
    {
        Id = runbook.Id,
        FolderId = runbook.FolderId,
        Name = runbook.Name,
        Path = runbook.Path,
        Description = description,
        CreatedBy = runbook.CreatedBy,
        CreationTime = runbook.CreationTime,
        IsMonitor = runbook.IsMonitor,
    };

    /// <summary>Some runbooks bring their contracts, of the others the parameters come by themselves; some come twice, the last as they are.</summary>
    private SyncRecord SyncScrambled(Connector connector, Dictionary<Guid, Runbook> source, Random random)
    {
        List<(double Place, Runbook Runbook)> runbooks = [];
        List<(double Place, OwnedParameter Parameter)> parameters = [(random.NextDouble(), new OwnedParameter(NewId(random), Samples.Parameter(1, "nobody's")))];
        foreach (Runbook runbook in source.Values)
        {
            bool isWhole = random.Next(3) == 0;
            double place = random.NextDouble();
            runbooks.Add((place, isWhole ? runbook : Without(runbook, runbook.Description)));
            if (random.Next(10) == 0)
            {
                runbooks.Add((place / 2, Without(runbook, "an older state")));
            }

            foreach (RunbookParameter parameter in isWhole ? [] : runbook.Parameters!)
            {
                parameters.AddRange(Enumerable.Range(0, random.Next(1, 3)).Select(_ => (random.NextDouble(), new OwnedParameter(runbook.Id, parameter))));
            }
        }

        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        foreach (OwnedParameter[] batch in parameters.OrderBy(p => p.Place).Select(p => p.Parameter).Chunk(97))
        {
            stage.AddParameters(batch);
        }

        foreach (Runbook[] batch in runbooks.OrderBy(r => r.Place).Select(r => r.Runbook).Chunk(50))
        {
            stage.Add(batch);
        }

        Assert.Equal(source.Count, stage.Complete());
        return Store.CommitSync(lease, stage, Samples.Commit(), default);
    }

    private void AssertHolds(Dictionary<Guid, Runbook> source)
    {
        string[] expected = [.. source.Values.OrderBy(r => r.Id).Select(Samples.Text)];
        Assert.Equal(expected, Samples.All(Store).Where(r => r.Status == RunbookStatus.Active).OrderBy(r => r.Runbook.Id).Select(r => Samples.Text(r.Runbook)));
    }
}
