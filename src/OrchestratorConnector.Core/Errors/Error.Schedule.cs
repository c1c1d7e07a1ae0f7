using System;

namespace OrchestratorConnector.Errors;

// Handing the schedule to the machine's own scheduler.
internal static partial class Error
{
    public static OrchestratorException ScheduleIntervalInvalid(TimeSpan every) =>
        New(ErrorKind.InvalidArgument, every, Invariant($"The scheduler cannot look every {every:c}."), "It takes whole minutes that divide an hour: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60. When a connector is due stands in its own schedule; this is how often that is looked at.");

    public static OrchestratorException SchedulePathInvalid(string path, string why) =>
        New(ErrorKind.InvalidArgument, path, $"The path '{path}' cannot be given to the scheduler: {why}");

    public static OrchestratorException ScheduleNotFound(string statePath) =>
        New(ErrorKind.NotFound, statePath, $"No schedule is registered for the store '{statePath}'.", "Get-OrchestratorConnectorSchedule -All lists those of this machine.");

    public static OrchestratorException NoScheduler(string wanted) =>
        New(ErrorKind.InvalidOperation, wanted, $"{wanted} is not to be had on this machine, or not for this user.", "On Linux install cron, or sign in so that a systemd user manager runs (systemctl --user). Any other scheduler can run Sync-OrchestratorConnector -Due.");

    public static OrchestratorException SchedulerFailed(string command, string why, Exception? inner) =>
        New(ErrorKind.InvalidOperation, command, $"The scheduler did not do what it was asked. '{command}': {why}", null, inner);

    public static OrchestratorException CredentialNotSupported(string scheduler) =>
        New(ErrorKind.InvalidArgument, scheduler, $"{scheduler} runs what it is given as the user who registers it; a credential is for Task Scheduler.", "Register the schedule as that user instead.");

    public static OrchestratorException ShellNotFound(string path) =>
        New(ErrorKind.NotFound, path, $"There is no PowerShell at '{path}'.", "Name the program with -Shell.");
}
