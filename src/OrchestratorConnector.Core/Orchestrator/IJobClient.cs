using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// The jobs of a remote Orchestrator, whatever its generation. Reading is tried again after failures that may pass; starting
/// and stopping are sent once. Errors are <see cref="OrchestratorException"/>s.
/// </summary>
public interface IJobClient
{
    /// <summary>How far the server's clock is before this machine's, once it has answered; good to a second.</summary>
    TimeSpan ServerClock { get; }

    /// <summary>Starts a job.</summary>
    /// <exception cref="OrchestratorException">
    /// AnswerLost when nobody knows whether it was started; any other error says that it was not.
    /// </exception>
    Task<ServerJob> StartAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one job.</summary>
    /// <exception cref="OrchestratorException">JobNotFound.</exception>
    Task<ServerJob> GetJobAsync(Guid job, CancellationToken cancellationToken);

    /// <summary>Stops a job that is not over yet.</summary>
    /// <exception cref="OrchestratorException">JobNotFound; what the server says against it.</exception>
    Task StopAsync(Guid job, CancellationToken cancellationToken);

    /// <summary>Reads the jobs that fit. Others may come too: a server that cannot choose sends more.</summary>
    Task ReadJobsAsync(JobFilter filter, IEntitySink<ServerJob> sink, CancellationToken cancellationToken);

    /// <summary>Reads the last run of a job with its inputs and outputs; <see langword="null"/> before it has one.</summary>
    Task<RunbookInstance?> GetLastInstanceAsync(ServerJob job, CancellationToken cancellationToken);

    /// <summary>Reads the steps of a run, the last execution of each, in their order. Names and data as far as one request gives them.</summary>
    Task<IReadOnlyList<ActivityInstance>> GetActivitiesAsync(Guid instance, CancellationToken cancellationToken);

    /// <summary>Adds to a step of a run what it lacks of name and data.</summary>
    Task<ActivityInstance> CompleteActivityAsync(ActivityInstance activity, CancellationToken cancellationToken);
}
