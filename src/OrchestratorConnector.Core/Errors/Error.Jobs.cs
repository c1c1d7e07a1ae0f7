using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Errors;

// Running runbooks: what can be wrong before a job starts, while it runs, and about its end.
internal static partial class Error
{
    public static OrchestratorException RunbookAmbiguous(string name, IEnumerable<LibraryRunbook> runbooks) =>
        New(ErrorKind.InvalidArgument, name, $"Several runbooks are called '{name}': {string.Join(", ", runbooks.Select(r => $"'{r.Runbook.Path}' of '{r.Connector}'"))}.", "Choose one with -Path, -Id or -Connector.");

    public static OrchestratorException RunbookNotUnique(string pattern, int count) =>
        New(ErrorKind.InvalidArgument, pattern, Invariant($"'{pattern}' fits {count} runbooks; a job runs one."), "Name it in full, or pipe the runbooks in.");

    public static OrchestratorException RunbookInvalid(LibraryRunbook runbook, string comparison) =>
        New(ErrorKind.InvalidOperation, runbook.Runbook.Path, $"The runbook '{runbook.Runbook.Path}' is invalid and is not started. {runbook.StatusReason} {comparison}", "Compare-SMRunbook shows the difference; put the activities right with Set-SMRunbookActivity and accept the new contract with Approve-SMRunbook.");

    public static OrchestratorException RunbookMissing(LibraryRunbook runbook) =>
        New(ErrorKind.InvalidOperation, runbook.Runbook.Path, $"The runbook '{runbook.Runbook.Path}' is missing and is not started. {runbook.StatusReason}", "Synchronize again, or use -Force if it is known to be there.");

    public static OrchestratorException RunbookRemoved(LibraryRunbook runbook) =>
        New(ErrorKind.InvalidOperation, runbook.Runbook.Path, $"The connector '{runbook.Connector}' of the runbook '{runbook.Runbook.Path}' was removed; there is no server to start it.", "Register the connector again under the same name.");

    public static OrchestratorException RunbookIsMonitor(LibraryRunbook runbook) =>
        New(ErrorKind.InvalidOperation, runbook.Runbook.Path, $"The runbook '{runbook.Runbook.Path}' is a monitor: it never ends, so nobody can wait for it.", "Start it with Start-SMRunbook, and stop it with Stop-SMRunbookJob.");

    public static OrchestratorException MonitorAlreadyRunning(LibraryRunbook runbook, IEnumerable<ServerJob> jobs) =>
        New(ErrorKind.Busy, runbook.Runbook.Path, $"The monitor '{runbook.Runbook.Path}' is running already: {List(jobs)}.", "Stop that one with Stop-SMRunbookJob, or use -Force for one more.");

    public static OrchestratorException ParameterUnknown(string runbook, IReadOnlyCollection<string> names, IEnumerable<string> inputs)
    {
        string[] all = [.. inputs];
        return New(
            ErrorKind.InvalidArgument,
            names.First(),
            $"The runbook '{runbook}' has no input {string.Join(", ", names.Select(n => $"'{n}'"))}.",
            string.Join(" ", names.Select(n => DidYouMean(n, all)).Where(h => h is not null)) is { Length: > 0 } near ? near : all.Length == 0 ? "It has no inputs." : $"Its inputs are {string.Join(", ", all.Select(i => $"'{i}'"))}.");
    }

    public static OrchestratorException InputNotTaken(string runbook, string typed) =>
        New(ErrorKind.InvalidArgument, runbook, $"What was typed behind the runbook '{runbook}' was not taken as its inputs, because the runbook was not known when the cmdlet was called: {typed}.", "Give the inputs with -Parameter.");

    public static OrchestratorException ParameterGivenTwice(string runbook, string name) =>
        New(ErrorKind.InvalidArgument, name, $"The input '{name}' of the runbook '{runbook}' is given twice; names are compared in any case.");

    public static OrchestratorException ParameterMissing(string runbook, IReadOnlyCollection<string> names) =>
        New(ErrorKind.InvalidArgument, names.First(), $"The runbook '{runbook}' is not started without a value for {string.Join(", ", names.Select(n => $"'{n}'"))}: its server demands every input.", "An empty text is a value.");

    public static OrchestratorException ParameterValueInvalid(string name, int position, int code) =>
        New(ErrorKind.InvalidArgument, name, Invariant($"The value of '{name}' holds a character that XML cannot carry, U+{code:X4} at position {position + 1}; the server could not keep it."));

    public static OrchestratorException SecretNotAllowed(string name, string type) =>
        New(ErrorKind.Security, name, $"The value of '{name}' is a {type}. The server keeps the inputs of jobs in clear, for everybody who may read the runbook.", "If that is acceptable, say so with -AllowPlainTextSecret when the job is started; the value is neither stored nor logged here.");

    public static OrchestratorException MapFailed(string parameter, string why, Exception? inner) =>
        New(ErrorKind.InvalidArgument, parameter, $"The mapping of '{parameter}' gave no value: {why}", null, inner);

    public static OrchestratorException OutputNotTaken(string property, string why, Exception inner) =>
        New(ErrorKind.InvalidData, property, $"The property '{property}' of the input object does not take what the runbook gave: {why}", null, inner);

    public static OrchestratorException RunbookServerUnknown(string name, IEnumerable<string> servers)
    {
        string[] all = [.. servers];
        return New(ErrorKind.NotFound, name, $"There is no runbook server named '{name}'.", DidYouMean(name, all) ?? $"The servers are {string.Join(", ", all.Select(s => $"'{s}'"))}.");
    }

    public static OrchestratorException StartRejected(string runbook, ErrorKind kind, string serverSays, string? hint, Exception inner) =>
        New(kind, runbook, $"The server did not start the runbook '{runbook}'. It says: {serverSays}", hint, inner);

    public static OrchestratorException JobOutcomeUnknown(string runbook, Uri server, IReadOnlyCollection<ServerJob>? candidates, bool isOwn, Exception inner) =>
        New(
            ErrorKind.ConnectionFailed,
            runbook,
            $"The start of the runbook '{runbook}' was sent to {server}, and the answer was lost: nobody knows here whether a job was started, and it was not sent again. "
                + (candidates is null
                    ? "Which jobs of it there are could not be asked."
                    : candidates.Count == 0
                        ? "The server shows no job of it that was created since."
                        : $"The server shows {(isOwn ? "jobs that this account created" : "jobs of it that were created")} since: {List(candidates)}."),
            "Get-SMRunbookJob -Remote lists the server's jobs. Start it again only if none of them is yours.",
            inner);

    public static OrchestratorException JobNotKept(Guid job) =>
        New(ErrorKind.NotFound, job, $"No job {job} was started here.", "Get-SMRunbookJob -Remote -Connector … asks the server.");

    public static OrchestratorException JobWaitTimedOut(string runbook, Guid job, TimeSpan waited, bool isStopped) =>
        New(ErrorKind.TimedOut, job, Invariant($"The job {job} of the runbook '{runbook}' was not over within {waited.TotalSeconds:0.#} seconds; {(isStopped ? "it was stopped" : "it goes on")}."), isStopped ? null : $"Wait-SMRunbookJob -Id {job} waits on.");

    public static OrchestratorException JobWaitLost(string runbook, Guid job, TimeSpan failing, Exception inner) =>
        New(ErrorKind.ConnectionFailed, job, Invariant($"The job {job} of the runbook '{runbook}' could not be followed: for {failing.TotalMinutes:0} minutes the server gave nothing but errors, the last one: {inner.Message}"), $"Wait-SMRunbookJob -Id {job} waits on.", inner);

    public static OrchestratorException StopRejected(JobRecord job, string? serverSays, Exception inner) =>
        New(ErrorKind.InvalidOperation, job.JobId, job.IsOver
            ? $"The job {job.JobId} of the runbook '{job.RunbookPath}' is over ({job.Status}) and cannot be stopped."
            : $"The server did not stop the job {job.JobId} of the runbook '{job.RunbookPath}'.{Quote(serverSays)}", null, inner);

    public static OrchestratorException RunbookFailed(JobRecord job) =>
        New(ErrorKind.InvalidOperation, job.RunbookPath, $"The runbook '{job.RunbookPath}' failed{(job.FailedActivity is null ? "" : $" at its activity '{job.FailedActivity}'")}: {job.Error ?? "it published no error text."}");

    public static OrchestratorException JobCanceled(JobRecord job) =>
        New(ErrorKind.InvalidOperation, job.RunbookPath, $"The job {job.JobId} of the runbook '{job.RunbookPath}' was canceled.");

    public static OrchestratorException ActivityNotReady(string name) =>
        New(ErrorKind.InvalidOperation, name, $"The runbook activity '{name}' is not ready for automation and does nothing.", "Set-SMRunbookActivity -ReadyForAutomation makes it so.");

    public static OrchestratorException ActivityBroken(string name, IEnumerable<string> problems) =>
        New(ErrorKind.InvalidArgument, name, $"The runbook activity '{name}' does not fit its runbook: {string.Join("; ", problems)}.");

    public static OrchestratorException ActivityRunbookGone(string name, string path) =>
        New(ErrorKind.NotFound, name, $"The runbook '{path}' of the runbook activity '{name}' is not in the library: it was removed there, or its connector was.", "Point it to another one with Set-SMRunbookActivity -Runbook.");

    private static string List(IEnumerable<ServerJob> jobs) => string.Join(", ", jobs.Select(j =>
        string.Format(CultureInfo.InvariantCulture, "{0} ({1}, created {2:u}{3})", j.Id, j.Status, j.CreationTime, j.CreatedBy is null ? "" : " by " + j.CreatedBy)));
}
