using System.Collections.Generic;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Texts by name as one value of a row: a job's inputs and outputs, an activity's outputs and defaults.</summary>
internal static class ValuesCodec
{
    private const byte Version = 1;

    public static void Write(BlobWriter target, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        target.Byte(Version);
        target.Number(values.Count);
        foreach (KeyValuePair<string, string> value in values)
        {
            target.Text(value.Key);
            target.Text(value.Value);
        }
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Read(ref BlobReader source)
    {
        source.Version(Version);
        int count = source.Count();
        if (count == 0)
        {
            source.End();
            return [];
        }

        KeyValuePair<string, string>[] values = new KeyValuePair<string, string>[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = new KeyValuePair<string, string>(source.Text(), source.Text());
        }

        source.End();
        return values;
    }

    public static void Bind(SqliteStatement statement, int index, IReadOnlyList<KeyValuePair<string, string>> values, BlobWriter scratch)
    {
        scratch.Clear();
        Write(scratch, values);
        statement.BindBlob(index, scratch.Written);
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Read(SqliteStatement statement, int column)
    {
        BlobReader reader = new(statement.Blob(column), statement.Path);
        return Read(ref reader);
    }
}
