namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>The namespaces of the 2012 to 2019 service's answers (facts A.1, A.3, A.4) and the media types it is asked for.</summary>
internal static class AtomNames
{
    public const string Atom = "http://www.w3.org/2005/Atom";
    public const string App = "http://www.w3.org/2007/app";
    public const string Data = "http://schemas.microsoft.com/ado/2007/08/dataservices";
    public const string Metadata = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";

    public const string FeedType = "application/atom+xml,application/xml";
    public const string ServiceType = "application/atomsvc+xml,application/xml";
}
