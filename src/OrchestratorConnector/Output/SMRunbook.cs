using System;
using System.ComponentModel;
using System.Linq;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>A runbook of the library. Times are local.</summary>
[TypeConverter(typeof(SMRunbookConverter))]
public sealed class SMRunbook : IConnectorText, IParametersText
{
    private readonly LibraryRunbook _row;

    internal SMRunbook(LibraryRunbook row, string statePath)
    {
        _row = row;
        Runbook runbook = row.Runbook;
        Id = runbook.Id;
        Name = runbook.Name;
        Path = runbook.Path;
        Folder = FolderPath.OfRunbook(runbook.Path, runbook.Name);
        Connector = row.Connector;
        StatusReason = row.StatusReason;
        Description = runbook.Description;
        IsMonitor = runbook.IsMonitor;
        Parameters = new TextList<SMRunbookParameter>((runbook.Parameters ?? []).Select(p => new SMRunbookParameter(p)).ToArray());
        CreatedBy = runbook.CreatedBy;
        CreationTime = runbook.CreationTime?.ToLocalTime();
        LastModifiedBy = runbook.LastModifiedBy;
        LastModifiedTime = runbook.LastModifiedTime?.ToLocalTime();
        CheckedOutBy = runbook.CheckedOutBy;
        CheckedOutTime = runbook.CheckedOutTime?.ToLocalTime();
        LastSeenTime = row.LastSeenTime?.ToLocalTime();
        ConsoleUrl = row.WebConsoleUrl;
        StatePath = statePath;
    }

    /// <summary>The server's id.</summary>
    public Guid Id { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Folder and name.</summary>
    public string Path { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The connector that imported it.</summary>
    public string Connector { get; }

    /// <summary>The state in the library.</summary>
    public RunbookStatus Status => _row.Status;

    /// <summary>Why it is not active.</summary>
    public string? StatusReason { get; }

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>Whether it starts with a monitor activity.</summary>
    public bool IsMonitor { get; }

    /// <summary>The contract: inputs first.</summary>
    public TextList<SMRunbookParameter> Parameters { get; }

    /// <summary>Who created it, as the server says: a SID.</summary>
    public string? CreatedBy { get; }

    /// <summary>When it was created.</summary>
    public DateTime? CreationTime { get; }

    /// <summary>Who changed it last.</summary>
    public string? LastModifiedBy { get; }

    /// <summary>When it was changed last.</summary>
    public DateTime? LastModifiedTime { get; }

    /// <summary>Who has it checked out.</summary>
    public string? CheckedOutBy { get; }

    /// <summary>Since when.</summary>
    public DateTime? CheckedOutTime { get; }

    /// <summary>The last successful synchronization that found it.</summary>
    public DateTime? LastSeenTime { get; }

    /// <summary>The web console of its connector.</summary>
    public Uri? ConsoleUrl { get; }

    /// <summary>The store it is in, so that the next cmdlet of a pipeline uses the same.</summary>
    public string StatePath { get; }

    string IConnectorText.ConnectorText => Display.Beside(Connector);

    string IParametersText.ParametersText => Display.Short(Parameters.ToString());

    /// <inheritdoc/>
    public override string ToString() => Path;
}
