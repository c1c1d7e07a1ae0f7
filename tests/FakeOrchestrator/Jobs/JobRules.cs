using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>What the server refuses to start or to stop, in the documented words (facts A.11). Those of the Web API were not seen; it says the same.</summary>
internal static class JobRules
{
    /// <summary>The runbook that is to be started, if the account may start it.</summary>
    internal static SourceRunbook Startable(Guid runbookId, SourceView view)
    {
        KnowRequester(view);
        if (view.RunbookOrNone(runbookId) is not [SourceRunbook runbook])
        {
            throw RequestException.BadRequest($"RunbookId '{runbookId}' specified does not exist.");
        }

        MayPublish(runbookId, view);
        return runbook.CheckedOutBy is null
            ? runbook
            : throw RequestException.BadRequest($"The runbook '{runbook.Name} ' cannot be started because it is checked out.");
    }

    /// <summary>Names of runbook servers, each of which must be there. Blanks around them are let through, which is inferred.</summary>
    internal static string? Servers(IReadOnlyCollection<string>? names, SourceView view)
    {
        if (names is null)
        {
            return null;
        }

        bool known = names.Count > 0 && names.All(name => view.Servers.Any(server => string.Equals(((SourceServer)server).Name, name.Trim(), StringComparison.OrdinalIgnoreCase)));
        return known
            ? string.Join(',', names)
            : throw RequestException.BadRequest("Specified runbook server name is either empty or does not exist.");
    }

    /// <summary>Whether a job may be stopped by this account, and still can be.</summary>
    internal static void CheckStop(SourceJob job, SourceView view, int status)
    {
        MayPublish(job.RunbookId, view);
        if (job.Status != SourceJobStatus.Running && !(job.Status == SourceJobStatus.Pending && view.Quirks.PendingCanBeCanceled))
        {
            throw new RequestException(status, CannotChange(SourceJobStatus.Canceled));
        }
    }

    internal static string CannotChange(string status)
    {
        return $"Cannot change the job status to '{status}'.";
    }

    internal static void KnowRequester(SourceView view)
    {
        if (view.Quirks.RequesterUnknown)
        {
            throw RequestException.BadRequest("Cannot retrieve the requesting user's identity.");
        }
    }

    internal static RequestException TooFewParameters()
    {
        return RequestException.BadRequest("Required number of parameters not received in the request.");
    }

    /// <summary>The In parameters, the ones that a start has values for.</summary>
    internal static IEnumerable<SourceParameter> Inputs(SourceRunbook runbook)
    {
        return runbook.Parameters.Where(parameter => string.Equals(parameter.Direction, "In", StringComparison.OrdinalIgnoreCase));
    }

    private static void MayPublish(Guid runbookId, SourceView view)
    {
        if (view.Quirks.UnpublishableRunbooks.Contains(runbookId))
        {
            throw new RequestException(view.Quirks.PublishRefusalStatus, "The requested operation requires Publish permissions on the Runbook");
        }
    }
}
