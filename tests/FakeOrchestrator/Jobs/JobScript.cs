using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>
/// How a job goes. Its states are passed by reads of the job or by time; where both are set, both must have passed. A read of
/// the job is an answer that has the job itself, alone or on the page of a list; what is asked about its instances shows the
/// state of the last read and moves nothing. The answer to the start always says Pending (facts A.8).
/// </summary>
public sealed record JobScript
{
    /// <summary>Ends well: the first read after the start may show it completed.</summary>
    public static JobScript Succeeds { get; } = new();

    /// <summary>Ends with a warning.</summary>
    public static JobScript Warns { get; } = new() { End = JobEnd.Warning };

    /// <summary>Runs until it is stopped.</summary>
    public static JobScript Never { get; } = new() { End = JobEnd.Never };

    /// <summary>So many reads of the job say Pending, and there is no instance.</summary>
    public int PendingPolls { get; init; }

    /// <summary>So many reads of the job after those say Running, and the instance InProgress.</summary>
    public int RunningPolls { get; init; }

    /// <summary>So long it is Pending, from its creation on.</summary>
    public TimeSpan PendingTime { get; init; }

    /// <summary>So long it is Running after that.</summary>
    public TimeSpan RunningTime { get; init; }

    /// <summary>How the runbook ends. A monitor's job ends only by being stopped or by <see cref="JobBoard.Finish"/>.</summary>
    public JobEnd End { get; init; }

    /// <summary>Whether the job itself ends Failed, and not only its instance.</summary>
    public bool JobFails { get; init; }

    /// <summary>Name of the activity that fails or warns; also the one that is under way while the job runs. By default the middle one.</summary>
    public string? FailedActivity { get; init; }

    /// <summary>What that activity publishes as its error.</summary>
    public string? ErrorText { get; init; }

    /// <summary>Makes of the inputs by name the outputs by name; names that the runbook has no Out parameter for are passed over, and an Out parameter that is not named comes out empty. By default inputs are echoed.</summary>
    public Func<SourceJob, IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>>? Outputs { get; init; }

    /// <summary>Fails in this activity with this error; <see cref="SourceRunbook.ActivityNames"/> gives a runbook an activity of that name.</summary>
    public static JobScript Fails(string activity, string error)
    {
        return new JobScript { End = JobEnd.Failure, FailedActivity = activity, ErrorText = error };
    }
}
