using System.Collections.Generic;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>The tables of the store. What once was released is never changed here: a change is one more migration.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a file as a store of this product ("OrCn").</summary>
    public const int ApplicationId = 0x4F72436E;

    // Names are compared by their key columns (NamePattern.Key). Times are UTC ticks, ids sixteen bytes in writing order.
    //
    // Ids of connectors, accounts and synchronizations are never given twice (AUTOINCREMENT): a process that holds an old one
    // finds nothing, rather than somebody else's.
    //
    // runbook_status holds all that a synchronization has to know of what did not change. The key stands in it so that it is in
    // the order of the table: new runbooks are put at its end.
    private const string Version1 = """
        CREATE TABLE run_as_account (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            description TEXT,
            user_name TEXT,
            protected_password BLOB,
            secret_name TEXT,
            vault TEXT,
            version INTEGER NOT NULL,
            change_time INTEGER NOT NULL);

        CREATE TABLE connector (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            service_url TEXT NOT NULL,
            protocol INTEGER NOT NULL,
            folder TEXT NOT NULL,
            web_console_url TEXT,
            description TEXT,
            account_id INTEGER REFERENCES run_as_account (id),
            schedule_at INTEGER,
            schedule_every INTEGER,
            enabled INTEGER NOT NULL,
            allow_unencrypted_authentication INTEGER NOT NULL,
            timeout INTEGER NOT NULL,
            creation_time INTEGER NOT NULL,
            status INTEGER NOT NULL DEFAULT 0,
            last_start_time INTEGER,
            last_finish_time INTEGER,
            last_success_time INTEGER,
            percent_complete INTEGER,
            last_error TEXT,
            removal_time INTEGER);
        CREATE UNIQUE INDEX connector_name ON connector (name_key) WHERE removal_time IS NULL;
        CREATE INDEX connector_account ON connector (account_id);

        CREATE TABLE lease (
            connector_id INTEGER PRIMARY KEY REFERENCES connector (id) ON DELETE CASCADE,
            sync_id INTEGER NOT NULL,
            token BLOB NOT NULL,
            machine TEXT NOT NULL,
            process_id INTEGER NOT NULL,
            process_start INTEGER NOT NULL,
            start_time INTEGER NOT NULL,
            renew_time INTEGER NOT NULL,
            percent_complete INTEGER);

        CREATE TABLE runbook (
            key INTEGER PRIMARY KEY,
            connector_id INTEGER NOT NULL REFERENCES connector (id),
            id BLOB NOT NULL,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            folder_id BLOB NOT NULL,
            description TEXT,
            is_monitor INTEGER NOT NULL,
            created_by TEXT,
            creation_time INTEGER,
            last_modified_by TEXT,
            last_modified_time INTEGER,
            checked_out_by TEXT,
            checked_out_time INTEGER,
            contract BLOB NOT NULL,
            contract_fingerprint BLOB NOT NULL,
            name_key TEXT NOT NULL,
            path_key TEXT NOT NULL,
            folder TEXT NOT NULL,
            folder_key TEXT NOT NULL,
            fingerprint INTEGER NOT NULL,
            status INTEGER NOT NULL,
            status_reason TEXT,
            last_seen_time INTEGER);
        CREATE UNIQUE INDEX runbook_id ON runbook (connector_id, id);
        CREATE INDEX runbook_status ON runbook (connector_id, status, key, id, fingerprint, contract_fingerprint);
        CREATE INDEX runbook_name ON runbook (name_key, connector_id, status);
        CREATE INDEX runbook_path ON runbook (path_key, connector_id, status);
        CREATE INDEX runbook_folder ON runbook (folder_key);

        CREATE TABLE sync (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            connector_id INTEGER NOT NULL,
            connector TEXT NOT NULL,
            status INTEGER NOT NULL,
            start_time INTEGER NOT NULL,
            finish_time INTEGER,
            total INTEGER NOT NULL DEFAULT 0,
            added INTEGER NOT NULL DEFAULT 0,
            changed INTEGER NOT NULL DEFAULT 0,
            unchanged INTEGER NOT NULL DEFAULT 0,
            missing INTEGER NOT NULL DEFAULT 0,
            returned INTEGER NOT NULL DEFAULT 0,
            invalid INTEGER NOT NULL DEFAULT 0,
            requests INTEGER NOT NULL DEFAULT 0,
            bytes INTEGER NOT NULL DEFAULT 0,
            error TEXT,
            machine TEXT NOT NULL,
            process_id INTEGER NOT NULL,
            process_start INTEGER NOT NULL);
        CREATE INDEX sync_connector ON sync (connector_id, id);

        CREATE TABLE sync_change (
            key INTEGER PRIMARY KEY,
            sync_id INTEGER NOT NULL REFERENCES sync (id) ON DELETE CASCADE,
            kind INTEGER NOT NULL,
            contract INTEGER NOT NULL,
            id BLOB NOT NULL,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            details BLOB);
        CREATE INDEX sync_change_sync ON sync_change (sync_id);
        """;

    // Jobs, runbook activities, runbooks whose contract changed under something, events, and the machine that a schedule belongs to.
    //
    // Neither jobs nor activities refer to a connector's row: they stay when it goes. Keys of jobs are never given twice either,
    // and follow each other, which says when old ones are due to go. What may be long stands at the end of a job, so that what
    // is looked for is found without reading it.
    private const string Version2 = """
        ALTER TABLE connector ADD COLUMN parameter_encoding INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE connector ADD COLUMN known_encoding INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE connector ADD COLUMN home TEXT;
        ALTER TABLE connector ADD COLUMN last_error_id TEXT;
        ALTER TABLE runbook ADD COLUMN accepted_contract BLOB;

        CREATE TABLE job (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            status INTEGER NOT NULL,
            instance_status INTEGER NOT NULL,
            request_time INTEGER NOT NULL,
            connector_id INTEGER NOT NULL,
            connector TEXT NOT NULL,
            connector_key TEXT NOT NULL,
            runbook_id BLOB NOT NULL,
            runbook TEXT NOT NULL,
            runbook_key TEXT NOT NULL,
            runbook_path TEXT NOT NULL,
            job_id BLOB,
            started_by TEXT,
            machine TEXT,
            run_as_account TEXT,
            run_as_account_key TEXT,
            created_by TEXT,
            creation_time INTEGER,
            start_time INTEGER,
            finish_time INTEGER,
            runbook_server TEXT,
            failed_activity TEXT,
            error TEXT,
            parameters BLOB NOT NULL,
            outputs BLOB NOT NULL);
        CREATE INDEX job_time ON job (request_time);
        CREATE INDEX job_id ON job (job_id) WHERE job_id IS NOT NULL;
        CREATE INDEX job_runbook ON job (runbook_id, request_time);
        CREATE INDEX job_name ON job (runbook_key, request_time);
        CREATE INDEX job_open ON job (request_time) WHERE status IN (0, 1, 2);
        CREATE INDEX job_creator ON job (connector_id, run_as_account_key, request_time, key, created_by) WHERE created_by IS NOT NULL;

        CREATE TABLE activity (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            description TEXT,
            connector_id INTEGER NOT NULL,
            runbook_id BLOB NOT NULL,
            runbook_path TEXT NOT NULL,
            ready_for_automation INTEGER NOT NULL,
            creation_time INTEGER NOT NULL,
            map BLOB NOT NULL,
            output_map BLOB NOT NULL,
            defaults BLOB NOT NULL);

        CREATE TABLE runbook_server (
            connector_id INTEGER NOT NULL REFERENCES connector (id) ON DELETE CASCADE,
            id BLOB NOT NULL,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            PRIMARY KEY (connector_id, id)) WITHOUT ROWID;

        CREATE TABLE event (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            time INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            level INTEGER NOT NULL,
            connector_id INTEGER,
            connector TEXT,
            target TEXT,
            message TEXT NOT NULL,
            data BLOB NOT NULL,
            user TEXT NOT NULL,
            machine TEXT NOT NULL,
            process_id INTEGER NOT NULL);
        CREATE INDEX event_time ON event (time);
        """;

    /// <summary>All steps, from an empty file to the newest schema.</summary>
    public static IReadOnlyList<SqliteMigration> Migrations { get; } = [new SqliteMigration(1, Version1), new SqliteMigration(2, Version2)];
}
