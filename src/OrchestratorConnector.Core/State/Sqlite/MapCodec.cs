using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Where a runbook activity takes its inputs from, as one value of its row.</summary>
internal static class MapCodec
{
    private const byte Version = 1;
    private const byte Property = 0;
    private const byte Script = 1;

    public static void Write(BlobWriter target, IReadOnlyList<ActivityMapping> map)
    {
        target.Byte(Version);
        target.Number(map.Count);
        foreach (ActivityMapping mapping in map)
        {
            target.Byte(mapping.IsScript ? Script : Property);
            target.Text(mapping.Parameter);
            target.Text(mapping.Source);
        }
    }

    public static IReadOnlyList<ActivityMapping> Read(ref BlobReader source)
    {
        source.Version(Version);
        int count = source.Count();
        if (count == 0)
        {
            source.End();
            return [];
        }

        ActivityMapping[] map = new ActivityMapping[count];
        for (int i = 0; i < count; i++)
        {
            byte kind = source.Byte();
            if (kind > Script)
            {
                throw source.Damaged();
            }

            map[i] = new ActivityMapping(source.Text(), source.Text(), kind == Script);
        }

        source.End();
        return map;
    }

    public static void Bind(SqliteStatement statement, int index, IReadOnlyList<ActivityMapping> map, BlobWriter scratch)
    {
        scratch.Clear();
        Write(scratch, map);
        statement.BindBlob(index, scratch.Written);
    }

    public static IReadOnlyList<ActivityMapping> Read(SqliteStatement statement, int column)
    {
        BlobReader reader = new(statement.Blob(column), statement.Path);
        return Read(ref reader);
    }
}
