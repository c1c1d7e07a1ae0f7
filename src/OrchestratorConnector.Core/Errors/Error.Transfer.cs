using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Errors;

// Documents that go from one environment to another.
internal static partial class Error
{
    public static OrchestratorException ExportStoresMixed(string path, string first) =>
        New(ErrorKind.InvalidOperation, path, $"The connectors come from several stores, '{first}' among them, and a file holds those of one. No file was written.");

    public static OrchestratorException ImportMalformed(string file, int line, int position, string why) =>
        New(ErrorKind.InvalidData, file, Invariant($"The file '{file}' is not JSON, in line {line} at position {position}: {why}. Nothing was imported."));

    public static OrchestratorException ImportInvalid(string file, int line, string what, string why, Exception? inner) =>
        New(ErrorKind.InvalidData, file, Invariant($"The file '{file}' cannot be imported, because of {what} in line {line}: {why} Nothing was imported."), null, inner);

    public static OrchestratorException ImportVersionNewer(string file, int version, int supported) =>
        New(ErrorKind.InvalidData, file, Invariant($"The file '{file}' was written by a newer version of this module (schema {version}; this one knows {supported}). Nothing was imported."), "Update the module here, or export with the older one.");

    public static OrchestratorException ImportTooLarge(string file, int most) =>
        New(ErrorKind.InvalidData, file, Invariant($"The file '{file}' is larger than {most / (1024 * 1024)} MB, and is no export of connectors. Nothing was imported."));

    public static OrchestratorException ImportNameUnknown(string parameter, string name, string what, string file, IEnumerable<string> names)
    {
        string[] all = [.. names];
        return New(ErrorKind.NotFound, name, $"-{parameter} names '{name}', and there is no {what} of that name in the file '{file}'.", DidYouMean(name, all) ?? (all.Length == 0 ? "There is none at all." : $"There are {string.Join(", ", all.Select(n => $"'{n}'"))}."));
    }

    public static OrchestratorException ImportCredentialInvalid(string account, string type) =>
        New(ErrorKind.InvalidArgument, account, $"-Credential gives a {type} for the Run As account '{account}'; a PSCredential is needed, with user name and password. Nothing was imported.");

    public static OrchestratorException ImportCredentialMissing(string account, string userName) =>
        New(ErrorKind.NotFound, account, $"The Run As account '{account}' ('{userName}') does not exist here, and its password is in no file.", $"Import again with -Credential @{{ {Quoted(account)} = Get-Credential {Quoted(userName)} }}, or make it with New-OrchestratorRunAsAccount.");

    public static OrchestratorException ImportAccountMissing(string connector, string account) =>
        New(ErrorKind.NotFound, connector, $"The connector '{connector}' was not imported: its Run As account '{account}' does not exist here.", $"Import again with -Credential @{{ {Quoted(account)} = Get-Credential }}, or make it with New-OrchestratorRunAsAccount.");

    public static OrchestratorException ImportConnectorMissing(string activity, string connector) =>
        New(ErrorKind.NotFound, activity, $"The runbook activity '{activity}' was not imported: its connector '{connector}' does not exist here.", "Import the connector first.");

    public static OrchestratorException ImportRunbookMissing(string activity, string path, string connector) =>
        New(ErrorKind.NotFound, activity, $"The runbook activity '{activity}' was not imported: the library of the connector '{connector}' has no runbook '{path}', nor one of its id.", "Synchronize the connector and import again; import the runbook into its Orchestrator before, if it is missing there.");

    public static OrchestratorException ImportRunbookAmbiguous(string activity, string path, string connector) =>
        New(ErrorKind.InvalidOperation, activity, $"The runbook activity '{activity}' was not imported: the library of the connector '{connector}' has several runbooks '{path}', and none of its id.");

    // As PowerShell reads it.
    private static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";
}
