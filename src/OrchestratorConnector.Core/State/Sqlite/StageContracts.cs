using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Gives the staged runbooks that came without parameters those that came from their own feed.</summary>
internal static class StageContracts
{
    private const string Grouped = "SELECT id, parameter FROM temp.stage_parameter ORDER BY id, seq";
    private const string Give = "UPDATE temp.stage SET contract = ? WHERE id = ? AND contract IS NULL";

    public static void Fill(SqliteSession session, BlobWriter scratch)
    {
        using SqliteStatement rows = session.Use(Grouped);
        using SqliteStatement give = session.Use(Give);
        // By the parameter's own id: a page that came twice must not give a runbook its parameters twice.
        Dictionary<Guid, RunbookParameter> parameters = [];
        Guid owner = default;
        while (rows.Step())
        {
            Guid next = rows.Id(0);
            if (next != owner && parameters.Count > 0)
            {
                Write(give, owner, parameters, scratch);
            }

            owner = next;
            BlobReader reader = new(rows.Blob(1), session.Path);
            RunbookParameter parameter = ContractCodec.ReadParameter(ref reader);
            parameters[parameter.Id] = parameter;
        }

        if (parameters.Count > 0)
        {
            Write(give, owner, parameters, scratch);
        }

        using SqliteStatement rest = session.Use("UPDATE temp.stage SET contract = ? WHERE contract IS NULL");
        scratch.Clear();
        ContractCodec.Write(scratch, []);
        rest.BindBlob(1, scratch.Written).Run();
    }

    private static void Write(SqliteStatement give, Guid owner, Dictionary<Guid, RunbookParameter> parameters, BlobWriter scratch)
    {
        scratch.Clear();
        ContractCodec.Write(scratch, RunbookContract.Normalize(parameters.Values));
        give.BindBlob(1, scratch.Written).Bind(2, owner).Run();
        parameters.Clear();
    }
}
