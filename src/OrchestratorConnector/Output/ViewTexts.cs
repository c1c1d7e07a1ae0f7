using System.ComponentModel;
using System.Management.Automation;

namespace OrchestratorConnector.Output;

// What the views name beside plain properties. As hidden properties of interfaces, implemented explicitly, they are no part of the
// objects for anybody else: not in Get-Member, a CSV file or JSON. Objects keep them on their way to another process.

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActionText
{
    /// <summary>What was done, or would be, for a view.</summary>
    [Hidden]
    string ActionText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivitiesText
{
    /// <summary>The activities that it concerns in one line, for a view.</summary>
    [Hidden]
    string ActivitiesText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChecksText
{
    /// <summary>The steps one a line, for a view.</summary>
    [Hidden]
    string ChecksText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IConnectorText
{
    /// <summary>The connector where it stands beside what is looked for, for a view.</summary>
    [Hidden]
    string ConnectorText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IConnectorsText
{
    /// <summary>The connectors in one line, for a view.</summary>
    [Hidden]
    string ConnectorsText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDetailText
{
    /// <summary>What was found and what to do about it, for a view.</summary>
    [Hidden]
    string DetailText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDetailsText
{
    /// <summary>What differs in one line, for a view.</summary>
    [Hidden]
    string DetailsText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDurationText
{
    /// <summary>The duration in the unit that fits it, for a view.</summary>
    [Hidden]
    string DurationText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFindingText
{
    /// <summary>What is the matter and what to do about it, for a view.</summary>
    [Hidden]
    string FindingText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IInstanceText
{
    /// <summary>How the run goes or ended, for a view: nothing before there is one.</summary>
    [Hidden]
    string InstanceText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMapText
{
    /// <summary>Where the inputs come from in one line, for a view.</summary>
    [Hidden]
    string MapText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IOutputText
{
    /// <summary>What came out, or why nothing did, in one line, for a view.</summary>
    [Hidden]
    string OutputText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParametersText
{
    /// <summary>The parameters in one line, inputs by name and outputs with an arrow, for a view.</summary>
    [Hidden]
    string ParametersText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReadyText
{
    /// <summary>Whether it may be invoked, for a view.</summary>
    [Hidden]
    string ReadyText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStatusText
{
    /// <summary>The status in words, for a view.</summary>
    [Hidden]
    string StatusText { get; }
}

/// <summary>What a view shows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISummaryText
{
    /// <summary>What there is to see at a glance, in one line, for a view.</summary>
    [Hidden]
    string SummaryText { get; }
}
