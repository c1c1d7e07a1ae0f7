namespace FakeOrchestrator;

/// <summary>What the Atom service does with a <c>$top</c> beyond the page size.</summary>
public enum TopBeyondPage
{
    /// <summary>A page, and a next link with the rest of the <c>$top</c>, as WCF Data Services does.</summary>
    Paged,

    /// <summary>One page and no more.</summary>
    Cut,

    /// <summary>400.</summary>
    Refused,
}

/// <summary>Forms of the Web API's next link.</summary>
public enum WebApiNextLink
{
    /// <summary><c>$skip=n</c>.</summary>
    Skip,

    /// <summary><c>$skiptoken=Id-guid</c>.</summary>
    SkipToken,
}

/// <summary>Shapes of the Web API's errors.</summary>
public enum WebApiErrorShape
{
    /// <summary><c>{"error":{"code":"","message":"…"}}</c>.</summary>
    OData,

    /// <summary>ASP.NET's problem details.</summary>
    ProblemDetails,

    /// <summary>The message alone as text.</summary>
    PlainText,

    /// <summary>No body at all.</summary>
    Empty,
}

/// <summary>What the Atom service makes of a parameter whose value is empty or left out.</summary>
public enum EmptyParameterValue
{
    /// <summary>Both are the empty value.</summary>
    Accepted,

    /// <summary>500 if the element is left out.</summary>
    MissingIsError,

    /// <summary>500 in either case.</summary>
    EmptyIsError,
}

/// <summary>What the Web API says of a job's input.</summary>
public enum WebApiJobParameters
{
    /// <summary>Parameters is null.</summary>
    Null,

    /// <summary>Parameters holds the same XML as in the Atom service.</summary>
    Text,

    /// <summary>There is no such property.</summary>
    Absent,
}
