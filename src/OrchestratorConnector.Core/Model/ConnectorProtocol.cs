namespace OrchestratorConnector.Model;

/// <summary>The generation of the Orchestrator web service that a connector speaks to.</summary>
public enum ConnectorProtocol
{
    /// <summary>Not known yet: found out at the first connection and stored.</summary>
    Auto,

    /// <summary>The OData V1/V2 Atom service of 2012, 2012 R2, 2016 and 2019.</summary>
    Atom,

    /// <summary>The JSON Web API of the 2019 add-on, 2022 and 2025.</summary>
    WebApi,
}
