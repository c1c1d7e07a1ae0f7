using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// Gathers the entities of one answer. A page is given away whole, when its last entity was read: until then it can be asked
/// for again. An answer that holds a whole set is given away piece by piece, and then there is no way back.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="answer">The answer.</param>
/// <param name="url">What was asked for, for errors.</param>
/// <param name="expected">How many entities it should hold at the most; <see langword="null"/> where nothing is known of it yet.</param>
/// <param name="give">Where the entities go, with the number of all of them if it is known by then.</param>
/// <param name="isNew">
/// Asked with the first entity whether it begins a page for the first time. A page that another one began with already is
/// counted and not given away: the server does not page the way that it was asked to.
/// </param>
/// <param name="nextFound">Called as soon as the next page's address is known.</param>
internal sealed class EntityPage<T>(
    HttpAnswer answer, Uri url, long? expected, Action<List<T>, long?> give, Func<T, bool> isNew, Action<string>? nextFound = null)
{
    // More of them would outlive the collections of garbage that the reading of them makes.
    private const int MaxHeld = 512;

    // A page of 50 entries is some 500 KB; one of giants is not gathered whole.
    private const long MaxHeldBytes = 16 * 1024 * 1024;

    private readonly List<T> _held = new(64);
    private long _givenAt;

    /// <summary>How many entities the answer held.</summary>
    public int Entries { get; private set; }

    /// <summary>How many there are in all, when the server says.</summary>
    public long? Count { get; set; }

    /// <summary>Where the server says the next page is, as it says it.</summary>
    public string? Next { get; private set; }

    /// <summary>Whether the answer is a page that came before.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Whether some were given away before the answer was read to its end.</summary>
    public bool GaveAway { get; private set; }

    public void LinkTo(string next)
    {
        Next = next;
        nextFound?.Invoke(next);
    }

    [MethodImpl(Compile.AtOnce)]
    public void Add(T entity)
    {
        if (Entries++ == 0)
        {
            IsRepeated = !isNew(entity);
        }

        if (EntityBound.IsExceeded(Entries, expected ?? Count))
        {
            throw Error.ResponseTooLarge(url, FormattableString.Invariant($"{Entries:N0} entries and no end, where {expected ?? Count:N0} were promised"));
        }

        if (IsRepeated)
        {
            return;
        }

        _held.Add(entity);
        if (_held.Count == MaxHeld || answer.Body.BytesRead - _givenAt > MaxHeldBytes)
        {
            GaveAway = true;
            GiveAway();
        }
    }

    /// <summary>The answer was read to its end.</summary>
    public void Complete()
    {
        if (_held.Count > 0)
        {
            GiveAway();
        }
    }

    /// <summary>An error that must not be tried again when something was given away already.</summary>
    public OrchestratorException Final(OrchestratorException error) =>
        GaveAway && error.IsTransient ? new OrchestratorException(error, isTransient: false) : error;

    private void GiveAway()
    {
        give(_held, Count);
        _held.Clear();
        _givenAt = answer.Body.BytesRead;
    }
}
