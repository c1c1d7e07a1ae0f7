using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Errors;

// Connectors, accounts, secrets, the library and the store.
internal static partial class Error
{
    public static OrchestratorException ConnectorNameInvalid(string name, string why) =>
        New(ErrorKind.InvalidArgument, name, $"'{name}' cannot be a connector's name: {why}");

    public static OrchestratorException ConnectorSettingsConflict(string name, string why) =>
        New(ErrorKind.InvalidArgument, name, $"The settings of the connector '{name}' contradict each other: {why}");

    // The URL is not repeated: it may hold a password.
    public static OrchestratorException WebConsoleUrlInvalid() =>
        New(ErrorKind.InvalidArgument, null, "The web console URL must be an absolute http or https URL without a user name.", "Expected is http(s)://server:82.");

    public static OrchestratorException ScheduleInvalid(string why) =>
        New(ErrorKind.InvalidArgument, null, $"The schedule cannot be used: {why}", "Use -Schedule Daily -At 02:00, -Every 04:00:00, or -Schedule None.");

    public static OrchestratorException ConnectorExists(string name) =>
        New(ErrorKind.AlreadyExists, name, $"A connector named '{name}' exists already; names are compared in any case.", "Choose another name, or change that one with Set-OrchestratorConnector.");

    public static OrchestratorException ConnectorNotFound(string name, IEnumerable<string> names) =>
        New(ErrorKind.NotFound, name, $"There is no connector named '{name}'.", DidYouMean(name, names) ?? "Get-OrchestratorConnector lists all.");

    public static OrchestratorException ConnectorRemoved(string name) =>
        New(ErrorKind.NotFound, name, $"The connector '{name}' was removed while it was at work; nothing was written.");

    public static OrchestratorException ConnectorDisabled(string name) =>
        New(ErrorKind.InvalidOperation, name, $"The connector '{name}' is disabled and does not synchronize.", "Enable it with Enable-OrchestratorConnector, or use -Force this once.");

    public static OrchestratorException ResourceBusy(string name, string holder) =>
        New(ErrorKind.Busy, name, $"The connector '{name}' is being synchronized already, by {holder}.", "Wait until that is done; Get-OrchestratorConnector shows how far it is.");

    public static OrchestratorException LeaseLost(string name) =>
        New(ErrorKind.Busy, name, $"Another process took over the synchronization of '{name}', because this one did not report for too long; nothing was written.");

    public static OrchestratorException AccountNameInvalid(string name, string why) =>
        New(ErrorKind.InvalidArgument, name, $"'{name}' cannot be a Run As account's name: {why}");

    public static OrchestratorException AccountExists(string name) =>
        New(ErrorKind.AlreadyExists, name, $"A Run As account named '{name}' exists already; names are compared in any case.", "Use it with -RunAsAccount, or change its credential with Set-OrchestratorRunAsAccount.");

    public static OrchestratorException AccountNotFound(string name, IEnumerable<string> names) =>
        New(ErrorKind.NotFound, name, $"There is no Run As account named '{name}'.", DidYouMean(name, names) ?? "Get-OrchestratorRunAsAccount lists all, New-OrchestratorRunAsAccount makes one.");

    public static OrchestratorException AccountInUse(string name, IReadOnlyList<string> connectors) =>
        New(ErrorKind.InvalidOperation, name, $"The Run As account '{name}' is used by {string.Join(", ", connectors.Select(c => $"'{c}'"))}.", "Give those another account first.");

    public static OrchestratorException SecretNotStored(string account, Exception inner) =>
        New(ErrorKind.Security, account, $"The password of the Run As account '{account}' cannot be protected, and was not stored: {inner.Message}", null, inner);

    public static OrchestratorException SecretUnreadable(string account, Exception inner) =>
        New(ErrorKind.Security, account, $"The stored password of the Run As account '{account}' cannot be read: {inner.Message}", "It was stored by another user or on another machine, or its key is gone or changed. Store it again with Set-OrchestratorRunAsAccount -Credential.", inner);

    public static OrchestratorException SecretVaultUnavailable(string account, string secret, Exception? inner) =>
        New(ErrorKind.InvalidOperation, account, $"The Run As account '{account}' takes its credential from the secret '{secret}', and the SecretManagement module's Get-Secret is not to be had here.", "Install Microsoft.PowerShell.SecretManagement and a vault, or store a credential with Set-OrchestratorRunAsAccount -Credential.", inner);

    public static OrchestratorException SecretNotFound(string account, string secret, string? vault, Exception? inner) =>
        New(ErrorKind.NotFound, account, $"The secret '{secret}' of the Run As account '{account}' could not be had from {(vault is null ? "any vault" : $"the vault '{vault}'")}: {inner?.Message ?? "there is none of that name."}", null, inner);

    public static OrchestratorException SecretNotCredential(string account, string secret, string type) =>
        New(ErrorKind.InvalidData, account, $"The secret '{secret}' of the Run As account '{account}' is a {type}; a PSCredential is needed, with user name and password.");

    public static OrchestratorException RunbookNotFound(string what, string value, bool isNarrowed) =>
        New(ErrorKind.NotFound, value, $"The library has no runbook whose {what} is '{value}'{(isNarrowed ? " and that fits the rest of what was asked" : "")}.", "Sync-OrchestratorConnector imports what is new at the source; a runbook made minutes ago may still be hidden by the server's authorization cache.");

    public static OrchestratorException ActivityNameInvalid(string name, string why) =>
        New(ErrorKind.InvalidArgument, name, $"'{name}' cannot be a runbook activity's name: {why}");

    public static OrchestratorException ActivityExists(string name) =>
        New(ErrorKind.AlreadyExists, name, $"A runbook activity named '{name}' exists already; names are compared in any case.", "Choose another name, or change that one with Set-SMRunbookActivity.");

    public static OrchestratorException ActivityNotFound(string name, IEnumerable<string> names) =>
        New(ErrorKind.NotFound, name, $"There is no runbook activity named '{name}'.", DidYouMean(name, names) ?? "Get-SMRunbookActivity lists all.");

    public static OrchestratorException InputObjectNotBound(string command) =>
        New(ErrorKind.InvalidArgument, command, $"What was piped to {command} tells of nothing that it takes, but of the store that it is in; nothing was done for it.", $"Get-Help {command} -Full says which parameters take pipeline input.");

    public static OrchestratorException StoreBusy(string path, TimeSpan waited) =>
        New(ErrorKind.Busy, path, Invariant($"The store '{path}' was in use by another process for more than {waited.TotalSeconds:0.#} seconds; nothing was written."), "Try again in a moment.");

    public static OrchestratorException StoreReadOnly(string path, Exception? inner) =>
        New(ErrorKind.StoreFailed, path, $"The store '{path}' cannot be written: the file or its folder is read-only for you.", "Change the rights, or use another store with -StatePath.", inner);

    public static OrchestratorException StoreUnavailable(string path, string why, Exception? inner) =>
        New(ErrorKind.StoreFailed, path, $"The store '{path}' cannot be opened: {why}", null, inner);

    public static OrchestratorException StoreFull(string path, Exception? inner) =>
        New(ErrorKind.StoreFailed, path, $"There is no room left for the store '{path}'; it is as it was before.", "Free space and try again.", inner);

    public static OrchestratorException StoreNewer(string path, int version, int supported) =>
        New(ErrorKind.StoreFailed, path, Invariant($"The store '{path}' was written by a newer version of this module (schema {version}; this one knows {supported}) and was not touched."), "Update the module, or use another store with -StatePath.");

    public static OrchestratorException StoreDamaged(string path, Exception? inner) =>
        New(ErrorKind.StoreFailed, path, $"The store '{path}' is damaged and was not touched.", "Restore it from a backup, or move it away and register the connectors again.", inner);

    public static OrchestratorException StoreNotADatabase(string path, Exception? inner) =>
        New(ErrorKind.StoreFailed, path, $"'{path}' is not a store of this module and was not touched.", "Name another file with -StatePath.", inner);
}
