using System;

namespace OrchestratorConnector.Errors;

/// <summary>Every error that the core reports: a stable id, a kind, what it is about, and what to do.</summary>
/// <remarks>Made by <see cref="Error"/> alone, so that all ids stand on one page.</remarks>
#pragma warning disable CA1032 // Without an id there is no error of this product.
public sealed class OrchestratorException : Exception
#pragma warning restore CA1032
{
    internal OrchestratorException(string id, ErrorKind kind, object? target, string message, string? hint, Exception? inner)
        : base(hint is null ? message : message + " " + hint, inner)
    {
        Id = id;
        Kind = kind;
        Target = target;
        Hint = hint;
    }

    /// <summary>The same error, known to be one that may pass, or that the server answered with a status.</summary>
    internal OrchestratorException(OrchestratorException error, bool isTransient, int? httpStatus = null, TimeSpan? retryAfter = null, string? serverSays = null)
        : base(error.Message, error.InnerException)
    {
        Id = error.Id;
        Kind = error.Kind;
        Target = error.Target;
        Hint = error.Hint;
        IsTransient = isTransient;
        HttpStatus = httpStatus ?? error.HttpStatus;
        RetryAfter = retryAfter;
        ServerSays = serverSays ?? error.ServerSays;
    }

    /// <summary>The same error in other words, and without what it came from.</summary>
    internal OrchestratorException(OrchestratorException error, string message)
        : base(message)
    {
        Id = error.Id;
        Kind = error.Kind;
        Target = error.Target;
        Hint = error.Hint;
        IsTransient = error.IsTransient;
        HttpStatus = error.HttpStatus;
        RetryAfter = error.RetryAfter;
    }

    /// <summary>The stable id, the same in every version.</summary>
    public string Id { get; }

    /// <summary>What sort of failure it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What it is about: a name, a URL, a path.</summary>
    public object? Target { get; }

    /// <summary>What to do about it, also at the end of the message; <see langword="null"/> where the message says all.</summary>
    public string? Hint { get; }

    /// <summary>The HTTP status that the server answered with, where one did.</summary>
    public int? HttpStatus { get; }

    /// <summary>Whether the same request may succeed a moment later.</summary>
    internal bool IsTransient { get; }

    /// <summary>The server's own words, where it gave any.</summary>
    internal string? ServerSays { get; }

    /// <summary>How long the server asked to wait.</summary>
    internal TimeSpan? RetryAfter { get; }
}
