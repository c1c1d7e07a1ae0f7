using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// A contract as one value: a runbook is then one row, and two contracts are equal when their bytes are. The parameters come
/// in <see cref="RunbookContract.Normalize"/> order.
/// </summary>
internal static class ContractCodec
{
    /// <summary>No parameters, as SQL writes the value.</summary>
    public const string None = "x'0100'";

    private const byte Version = 1;

    public static void Write(BlobWriter target, IReadOnlyList<RunbookParameter> parameters)
    {
        WriteStart(target, parameters.Count);
        // By index: this runs once for every runbook of every synchronization, and an enumerator would be garbage each time.
        for (int i = 0; i < parameters.Count; i++)
        {
            WriteParameter(target, parameters[i]);
        }
    }

    /// <summary>Writes what stands before the parameters.</summary>
    public static void WriteStart(BlobWriter target, int parameters)
    {
        target.Byte(Version);
        target.Number(parameters);
    }

    public static IReadOnlyList<RunbookParameter> Read(ref BlobReader source)
    {
        source.Version(Version);
        int count = source.Count();
        if (count == 0)
        {
            return [];
        }

        RunbookParameter[] parameters = new RunbookParameter[count];
        for (int i = 0; i < count; i++)
        {
            parameters[i] = ReadParameter(ref source);
        }

        return parameters;
    }

    [MethodImpl(Compile.AtOnce)]
    public static void WriteParameter(BlobWriter target, RunbookParameter parameter)
    {
        target.Byte((byte)parameter.Direction);
        target.Id(parameter.Id);
        target.Text(parameter.Name);
        target.OptionalText(parameter.Type);
        target.OptionalText(parameter.Description);
    }

    public static RunbookParameter ReadParameter(ref BlobReader source) => new()
    {
        Direction = ReadDirection(ref source),
        Id = source.Id(),
        Name = source.Text(),
        Type = source.OptionalText(),
        Description = source.OptionalText(),
    };

    /// <summary>Reads what the parameter's place in its contract goes by, and nothing behind it.</summary>
    public static RunbookParameter ReadParameterKey(ref BlobReader source) => new()
    {
        Direction = ReadDirection(ref source),
        Id = source.Id(),
        Name = source.Text(),
    };

    private static ParameterDirection ReadDirection(ref BlobReader source)
    {
        byte direction = source.Byte();
        return direction <= (byte)ParameterDirection.Out ? (ParameterDirection)direction : throw source.Damaged();
    }
}
