using System;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>One parameter of an invalid runbook that is another one than what depends on the runbook was made for.</summary>
public sealed class SMRunbookDifference : IActivitiesText
{
    internal SMRunbookDifference(LibraryRunbook runbook, ContractDifference difference, string[] activities, string statePath)
    {
        Runbook = runbook.Runbook.Path;
        Id = runbook.Runbook.Id;
        Connector = runbook.Connector;
        Parameter = (difference.Now ?? difference.Accepted)!.Name;
        Accepted = ContractDifference.Describe(difference.Accepted);
        Now = ContractDifference.Describe(difference.Now);
        Activities = new TextList<string>(activities);
        StatePath = statePath;
    }

    /// <summary>The path of the runbook.</summary>
    public string Runbook { get; }

    /// <summary>The id of the runbook.</summary>
    public Guid Id { get; }

    /// <summary>The connector of the runbook.</summary>
    public string Connector { get; }

    /// <summary>The parameter.</summary>
    public string Parameter { get; }

    /// <summary>As it was accepted.</summary>
    public string Accepted { get; }

    /// <summary>As it is now.</summary>
    public string Now { get; }

    /// <summary>The runbook activities that use it.</summary>
    public TextList<string> Activities { get; }

    /// <summary>The store it is in, so that the next cmdlet of a pipeline uses the same.</summary>
    public string StatePath { get; }

    string IActivitiesText.ActivitiesText => Display.Short(Activities.ToString());

    /// <inheritdoc/>
    public override string ToString() => $"{Runbook}: {Accepted} -> {Now}";
}
