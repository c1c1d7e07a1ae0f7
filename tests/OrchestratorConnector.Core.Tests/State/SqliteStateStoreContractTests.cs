using System;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>The SQLite store keeps the contract.</summary>
public sealed class SqliteStateStoreContractTests : StateStoreContractTests
{
    private readonly TemporaryFolder _folder = new();

    protected override IStateStore Open(Func<DateTime> utcNow, Func<LeaseHolder, bool> isAlive, LeaseHolder holder) =>
        SqliteStateStore.Open(_folder.File("state.db"), new SqliteStoreOptions { UtcNow = utcNow, IsAlive = isAlive, Holder = holder });

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
