using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    private const string SelectAccount =
        "SELECT id, name, description, user_name, protected_password, secret_name, vault, version, change_time FROM run_as_account";

    /// <inheritdoc/>
    public IReadOnlyList<RunAsAccount> GetAccounts() => Read(session =>
    {
        using SqliteStatement select = session.Use(SelectAccount + " ORDER BY name_key");
        List<RunAsAccount> accounts = [];
        while (select.Step())
        {
            accounts.Add(ReadAccount(select));
        }

        return accounts;
    });

    /// <inheritdoc/>
    public RunAsAccount? FindAccount(string name) => Read(session => FindAccount(session, name));

    /// <inheritdoc/>
    public RunAsAccount AddAccount(RunAsAccount account) => Write(session => InsertAccount(session, account));

    /// <inheritdoc/>
    public RunAsAccount UpdateAccount(RunAsAccount account, Func<RunAsAccount, RunAsAccount> change) => Write(session =>
        ChangeAccount(session, FindAccount(session, account.Id) ?? throw AccountNotFound(session, account.Name), change));

    /// <inheritdoc/>
    public void RemoveAccount(RunAsAccount account) => Write(session =>
    {
        RunAsAccount current = FindAccount(session, account.Id) ?? throw AccountNotFound(session, account.Name);
        List<string> users = [];
        using (SqliteStatement select = session.Use("SELECT name FROM connector WHERE account_id = ? ORDER BY name_key"))
        {
            select.Bind(1, current.Id);
            while (select.Step())
            {
                users.Add(select.Text(0));
            }
        }

        if (users.Count > 0)
        {
            throw Error.AccountInUse(current.Name, users);
        }

        using SqliteStatement delete = session.Use("DELETE FROM run_as_account WHERE id = ?");
        delete.Bind(1, current.Id).Run();
        return Record(session, Event.Removed(current));
    });

    private RunAsAccount InsertAccount(SqliteSession session, RunAsAccount account)
    {
        RequireFreeAccountName(session, account.Name, 0);
        RunAsAccount added = account with { Version = 1, ChangeTime = Now };
        using SqliteStatement insert = session.Use("""
            INSERT INTO run_as_account (name, name_key, description, user_name, protected_password, secret_name, vault, version, change_time)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """);
        BindAccount(insert, added).Run();
        added = added with { Id = session.LastId };
        Record(session, Event.Created(added));
        return added;
    }

    private RunAsAccount ChangeAccount(SqliteSession session, RunAsAccount current, Func<RunAsAccount, RunAsAccount> change)
    {
        RunAsAccount changed = change(current) with { Id = current.Id, Version = current.Version + 1, ChangeTime = Now };
        RequireFreeAccountName(session, changed.Name, changed.Id);
        using SqliteStatement update = session.Use("""
            UPDATE run_as_account SET name = ?1, name_key = ?2, description = ?3, user_name = ?4, protected_password = ?5,
                secret_name = ?6, vault = ?7, version = ?8, change_time = ?9
            WHERE id = ?10
            """);
        BindAccount(update, changed).Bind(10, changed.Id).Run();
        Record(session, Event.Changed(current, changed));
        return changed;
    }

    private static RunAsAccount? FindAccount(SqliteSession session, string name)
    {
        using SqliteStatement select = session.Use(SelectAccount + " WHERE name_key = ?");
        return select.Bind(1, NamePattern.Key(name)).Step() ? ReadAccount(select) : null;
    }

    private static RunAsAccount? FindAccount(SqliteSession session, long id)
    {
        using SqliteStatement select = session.Use(SelectAccount + " WHERE id = ?");
        return select.Bind(1, id).Step() ? ReadAccount(select) : null;
    }

    private static void RequireFreeAccountName(SqliteSession session, string name, long owner)
    {
        if (FindAccount(session, name) is { } other && other.Id != owner)
        {
            throw Error.AccountExists(other.Name);
        }
    }

    private static OrchestratorException AccountNotFound(SqliteSession session, string name)
    {
        using SqliteStatement select = session.Use("SELECT name FROM run_as_account");
        List<string> names = [];
        while (select.Step())
        {
            names.Add(select.Text(0));
        }

        // The name itself may be there again, as another account.
        return Error.AccountNotFound(name, names.Where(n => !string.Equals(n, name, StringComparison.OrdinalIgnoreCase)));
    }

    private static SqliteStatement BindAccount(SqliteStatement statement, RunAsAccount account) => statement
        .Bind(1, account.Name)
        .Bind(2, NamePattern.Key(account.Name))
        .Bind(3, account.Description)
        .Bind(4, account.UserName)
        .BindBlob(5, account.ProtectedPassword)
        .Bind(6, account.SecretName)
        .Bind(7, account.Vault)
        .Bind(8, account.Version)
        .Bind(9, account.ChangeTime);

    private static RunAsAccount ReadAccount(SqliteStatement statement) => new()
    {
        Id = statement.Number(0),
        Name = statement.Text(1),
        Description = statement.OptionalText(2),
        UserName = statement.OptionalText(3),
        ProtectedPassword = statement.OptionalBytes(4),
        SecretName = statement.OptionalText(5),
        Vault = statement.OptionalText(6),
        Version = statement.Number(7),
        ChangeTime = statement.Time(8),
    };
}
