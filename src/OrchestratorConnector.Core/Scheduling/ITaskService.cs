using System.Collections.Generic;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>The port to the Task Scheduler service: the tasks of its root folder.</summary>
internal interface ITaskService
{
    /// <summary>Whether this machine has the service.</summary>
    bool IsAvailable { get; }

    /// <summary>The tasks that bear our names.</summary>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    IReadOnlyList<TaskRecord> GetTasks();

    /// <summary>Makes a task or changes the one of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="xml">Its definition.</param>
    /// <param name="account">The account it runs as with a logon of its own; the current user while signed in without one.</param>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    void Register(string name, string xml, TaskAccount? account);

    /// <summary>Takes a task away.</summary>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    void Delete(string name);
}
