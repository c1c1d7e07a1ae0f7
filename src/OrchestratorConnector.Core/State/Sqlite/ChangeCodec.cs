using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>What differed about one runbook as one value of the history.</summary>
internal static class ChangeCodec
{
    private const byte Version = 1;

    public static void Write(BlobWriter target, RunbookChange change)
    {
        target.Byte(Version);
        target.Number(change.Properties.Count);
        foreach (PropertyChange property in change.Properties)
        {
            target.Text(property.Name);
            target.OptionalText(property.Before);
            target.OptionalText(property.After);
        }

        target.Number(change.Parameters.Count);
        foreach (ParameterChange parameter in change.Parameters)
        {
            target.Byte((byte)parameter.Direction);
            target.Byte((byte)parameter.Kind);
            target.Text(parameter.Name);
            target.OptionalText(parameter.Before);
            target.OptionalText(parameter.After);
        }
    }

    public static (IReadOnlyList<PropertyChange> Properties, IReadOnlyList<ParameterChange> Parameters) Read(ref BlobReader source)
    {
        source.Version(Version);
        PropertyChange[] properties = new PropertyChange[source.Count()];
        for (int i = 0; i < properties.Length; i++)
        {
            properties[i] = new PropertyChange(source.Text(), source.OptionalText(), source.OptionalText());
        }

        ParameterChange[] parameters = new ParameterChange[source.Count()];
        for (int i = 0; i < parameters.Length; i++)
        {
            ParameterDirection direction = (ParameterDirection)source.Byte();
            ParameterChangeKind kind = (ParameterChangeKind)source.Byte();
            parameters[i] = new ParameterChange(source.Text(), direction, kind, source.OptionalText(), source.OptionalText());
        }

        return (properties, parameters);
    }
}
