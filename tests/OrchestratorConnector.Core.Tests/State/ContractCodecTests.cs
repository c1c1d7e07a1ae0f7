using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>Contracts, values by name and maps as bytes.</summary>
public sealed class ContractCodecTests
{
    private static IReadOnlyList<RunbookParameter> Parameters => Samples.FullRunbook().Parameters!;

    [Fact]
    public void A_contract_comes_back()
    {
        Assert.Equal(Parameters.Select(Text), Read(Written(Parameters)).Select(Text));
        Assert.Empty(Read(Written([])));
        RunbookParameter big = new() { Id = Guid.NewGuid(), Name = new string('ß', 100_000), Direction = ParameterDirection.In };
        Assert.Equal(Text(big), Text(Assert.Single(Read(Written([big])))));
    }

    [Fact]
    public void Equal_contracts_have_equal_bytes_and_others_do_not()
    {
        RunbookParameter[] turned = [.. Parameters.Reverse()];
        Assert.Equal(Written(Parameters), Written(RunbookContract.Normalize(turned)));
        Assert.NotEqual(Written([Samples.Parameter(1, "a")]), Written([Samples.Parameter(1, "A")]));
        Assert.NotEqual(
            Written([new RunbookParameter { Id = default, Name = "a", Type = "", Direction = ParameterDirection.In }]),
            Written([new RunbookParameter { Id = default, Name = "a", Type = null, Direction = ParameterDirection.In }]));
    }

    [Fact]
    public void The_form_stays_as_it_is()
    {
        byte[] bytes = Written([new RunbookParameter { Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), Name = "é", Type = "T", Direction = ParameterDirection.Out }]);
        Assert.Equal("0101" + "01" + "00112233445566778899AABBCCDDEEFF" + "02C3A9" + "0254" + "00", Convert.ToHexString(bytes));
    }

    [Fact]
    public void Every_cut_is_noticed()
    {
        byte[] whole = Written(Parameters);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            Assert.Equal(nameof(Error.StoreDamaged), Assert.Throws<OrchestratorException>(() => Read(cut)).Id);
        }
    }

    [Fact]
    public void Values_by_name_come_back_and_their_form_stays_as_it_is()
    {
        IReadOnlyList<KeyValuePair<string, string>> values = [Samples.Pair("é", "T"), Samples.Pair("", ""), Samples.Pair("large", new string('ß', 100_000))];
        Assert.Equal(values, ReadValues(Written(w => ValuesCodec.Write(w, values))));
        Assert.Empty(ReadValues(Written(w => ValuesCodec.Write(w, []))));
        Assert.Equal("0102" + "02C3A9" + "0154" + "00" + "00", Convert.ToHexString(Written(w => ValuesCodec.Write(w, [.. values.Take(2)]))));
    }

    [Fact]
    public void A_map_comes_back_and_its_form_stays_as_it_is()
    {
        IReadOnlyList<ActivityMapping> map = [new ActivityMapping("é", "T", IsScript: false), new ActivityMapping("P", "{}", IsScript: true), new ActivityMapping("", "", IsScript: false)];
        Assert.Equal(map, ReadMap(Written(w => MapCodec.Write(w, map))));
        Assert.Empty(ReadMap(Written(w => MapCodec.Write(w, []))));
        Assert.Equal("0103" + "0002C3A90154" + "010150027B7D" + "000000", Convert.ToHexString(Written(w => MapCodec.Write(w, map))));
    }

    [Fact]
    public void Every_cut_of_values_and_maps_is_noticed_and_every_byte_too_many()
    {
        byte[] values = Written(w => ValuesCodec.Write(w, [Samples.Pair("a", "b"), Samples.Pair("c", "")]));
        byte[] map = Written(w => MapCodec.Write(w, [new ActivityMapping("a", "b", IsScript: true), new ActivityMapping("c", "", IsScript: false)]));
        AssertDamaged(values, b => ReadValues(b));
        AssertDamaged(map, b => ReadMap(b));
        AssertDamaged(Written(w => ValuesCodec.Write(w, [])), b => ReadValues(b));
        AssertDamaged(Written(w => MapCodec.Write(w, [])), b => ReadMap(b));
    }

    [Fact]
    public void Ids_are_in_writing_order_and_come_back()
    {
        Guid id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        byte[] bytes = new byte[16];
        GuidBytes.Write(id, bytes);
        Assert.Equal("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(bytes));
        Assert.Equal(id, GuidBytes.Read(bytes));
    }

    private static void AssertDamaged(byte[] whole, Action<byte[]> read)
    {
        foreach (byte[] wrong in Enumerable.Range(0, whole.Length).Select(length => whole[..length]).Append([.. whole, 0]))
        {
            Assert.Equal(nameof(Error.StoreDamaged), Assert.Throws<OrchestratorException>(() => read(wrong)).Id);
        }
    }

    private static byte[] Written(IReadOnlyList<RunbookParameter> parameters) => Written(w => ContractCodec.Write(w, parameters));

    private static byte[] Written(Action<BlobWriter> write)
    {
        BlobWriter writer = new();
        write(writer);
        return writer.Written.ToArray();
    }

    private static IReadOnlyList<KeyValuePair<string, string>> ReadValues(byte[] bytes)
    {
        BlobReader reader = new(bytes, "path");
        return ValuesCodec.Read(ref reader);
    }

    private static IReadOnlyList<ActivityMapping> ReadMap(byte[] bytes)
    {
        BlobReader reader = new(bytes, "path");
        return MapCodec.Read(ref reader);
    }

    private static IReadOnlyList<RunbookParameter> Read(byte[] bytes)
    {
        BlobReader reader = new(bytes, "path");
        return ContractCodec.Read(ref reader);
    }

    private static string Text(RunbookParameter p) => $"{p.Direction} {p.Id} {p.Name} {p.Type ?? "null"} {p.Description ?? "null"}";
}
