using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
#if !NETSTANDARD2_0
using System.Runtime.Versioning;
#endif
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>
/// Task Scheduler by its COM interface, bound late: no interop assembly to ship, and a password goes to the service alone, not
/// over a command line that others can read.
/// </summary>
internal sealed class ComTaskService : ITaskService
{
    private const string Program = "Schedule.Service";
    private const string Root = "\\";
    private const int IncludeHidden = 1;
    private const int CreateOrUpdate = 6;
    private const int LogonPassword = 1;
    private const int LogonInteractiveToken = 3;
    private const int HasNotRun = 0x41303;

    // What stands for no time: the zero of COM dates, and one day before 2000.
    private static readonly DateTime FirstTime = new(2000, 1, 1);

#if NETSTANDARD2_0
    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
#else
    [SupportedOSPlatformGuard("windows")]
    private static bool IsWindows => OperatingSystem.IsWindows();
#endif

    /// <inheritdoc/>
    public bool IsAvailable => IsWindows && Type.GetTypeFromProgID(Program) is not null;

    /// <inheritdoc/>
    public IReadOnlyList<TaskRecord> GetTasks() => Guarded("GetTasks", () =>
    {
        object tasks = Call(Folder(), "GetTasks", IncludeHidden)!;
        List<TaskRecord> found = [];
        int count = (int)Get(tasks, "Count")!;
        for (int i = 1; i <= count; i++)
        {
            object task = Get(tasks, "Item", i)!;
            string name = (string)Get(task, "Name")!;
            if (ScheduleName.Is(name))
            {
                int result = (int)Get(task, "LastTaskResult")!;
                found.Add(new TaskRecord(name, (string)Get(task, "Xml")!, (bool)Get(task, "Enabled")!, Time(task, "NextRunTime"), Time(task, "LastRunTime"), result == HasNotRun ? null : result));
            }
        }

        return found;
    });

    /// <inheritdoc/>
    public void Register(string name, string xml, TaskAccount? account) => Guarded($"RegisterTask {name}", () =>
        Call(Folder(), "RegisterTask", name, xml, CreateOrUpdate, account?.UserName, account?.Password, account is null ? LogonInteractiveToken : LogonPassword, null));

    /// <inheritdoc/>
    public void Delete(string name) => Guarded($"DeleteTask {name}", () => Call(Folder(), "DeleteTask", name, 0));

    private static object Folder()
    {
        if (!IsWindows)
        {
            throw new PlatformNotSupportedException();
        }

        object service = Activator.CreateInstance(Type.GetTypeFromProgID(Program, throwOnError: true)!)!;
        Call(service, "Connect");
        return Call(service, "GetFolder", Root)!;
    }

    private static DateTime? Time(object task, string name) =>
        Get(task, name) is DateTime time && time >= FirstTime ? DateTime.SpecifyKind(time, DateTimeKind.Local).ToUniversalTime() : null;

    private static object? Call(object target, string name, params object?[] arguments) => Invoke(target, name, BindingFlags.InvokeMethod, arguments);

    private static object? Get(object target, string name, params object?[] arguments) => Invoke(target, name, BindingFlags.GetProperty, arguments);

    private static object? Invoke(object target, string name, BindingFlags kind, object?[] arguments) =>
        target.GetType().InvokeMember(name, kind, null, target, arguments, CultureInfo.InvariantCulture);

    private static T Guarded<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw Failure(what, inner);
        }
        catch (COMException e)
        {
            throw Failure(what, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Failure(what, e);
        }
    }

    private static OrchestratorException Failure(string what, Exception e) => Error.SchedulerFailed($"{Program} {what}", e.Message.Trim(), e);
}
