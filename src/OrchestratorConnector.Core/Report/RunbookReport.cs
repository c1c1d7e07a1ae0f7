using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Xml.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Report;

/// <summary>
/// One page about what the store holds: connectors, library, contract changes, jobs and synchronizations. The page asks nobody
/// for anything. No value that a job was given or gave back is in it, nor anything of a Run As account.
/// </summary>
public static class RunbookReport
{
    private const int BufferSize = 64 * 1024;

    /// <summary>
    /// Writes the page. The runbooks go to the stream one by one as the store finds them, and are counted on the way: the numbers
    /// that the page shows are those of the library that it holds.
    /// </summary>
    /// <param name="store">What it is about.</param>
    /// <param name="options">What of it.</param>
    /// <param name="stream">Where it goes, as UTF-8; stays open.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    /// <exception cref="OrchestratorException">The store cannot be read.</exception>
    public static void Write(IStateStore store, ReportOptions options, Stream stream, CancellationToken cancellationToken)
    {
        ReportClock clock = new(options.Now, options.Zone);
        IReadOnlyList<ConnectorState> connectors = [.. store.GetConnectors().Where(c => options.IsWanted(c.Connector.Name))];
        SyncSummary syncs = SyncSummary.Read(store, options);
        JobSummary jobs = JobSummary.Read(store, options, clock);
        LibraryCounts library = new();
        using StreamWriter text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        Page.Fill(text, place =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (place)
            {
                case "policy":
                    text.Write(Page.Policy);
                    break;
                case "style":
                    text.Write(Page.Style);
                    break;
                case "script":
                    text.Write(Page.Script);
                    break;
                case "title":
                    text.Write(Html.Text(options.Title));
                    break;
                case "library":
                    library = LibraryData.Write(store, options, clock, text, cancellationToken);
                    break;
                default:
                    Html.Write(text, Section(place));
                    break;
            }
        });

        IEnumerable<XElement> Section(string place) => place switch
        {
            "origin" => OriginSection.Of(options, clock, store.Location),
            "overview" => OverviewSection.Of(connectors, library, jobs, syncs),
            "connectors" => ConnectorSection.Of(connectors, options, clock),
            "jobs" => JobSection.Of(jobs, clock.Text(options.Since), clock),
            "statuses" => LibrarySection.Of(library),
            "contracts" => ContractSection.Of(syncs, clock.Text(options.Since), clock),
            "synchronizations" => SyncSection.Of(syncs, clock.Text(options.Since), clock),
            _ => throw new InvalidOperationException($"Nothing belongs at '{place}'."),
        };
    }
}
