namespace OrchestratorConnector.Model;

/// <summary>
/// How often the values of a job's parameters are escaped inside the XML text that the Atom service takes. Working clients
/// contradict each other about how often the server un-escapes them (facts A.8).
/// </summary>
public enum ParameterEncoding
{
    /// <summary>Found out from what the server makes of the first values where it matters.</summary>
    Auto,

    /// <summary>Once, as XML demands.</summary>
    Once,

    /// <summary>Twice, for a server that un-escapes one more time.</summary>
    Twice,
}
