using System;

namespace FakeOrchestrator;

/// <summary>Which generations of the server answer.</summary>
[Flags]
public enum Generations
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>The Atom service of 2012 to 2019.</summary>
    Atom = 1,

    /// <summary>The Web API: 2019 add-on, 2022, 2025.</summary>
    WebApi = 2,

    /// <summary>Both, as on a 2019 server with the add-on (facts B.1).</summary>
    Both = Atom | WebApi,
}
