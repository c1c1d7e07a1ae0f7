using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>
/// Answers as long as they are true: one is rendered once per version of the source and of the quirks. What depends on jobs is
/// rendered for every request, and so is what comes of a write.
/// </summary>
internal sealed class AnswerCache
{
    private readonly Lock _gate = new();
    private readonly SourceModel _model;
    private readonly JobBoard _jobs;
    private readonly IReadOnlyList<IGeneration> _generations;
    private Shelf? _shelf;

    internal AnswerCache(SourceModel model, JobBoard jobs, IReadOnlyList<IGeneration> generations)
    {
        _model = model;
        _jobs = jobs;
        _generations = generations;
    }

    internal IGeneration? Find(RequestTarget target)
    {
        foreach (IGeneration generation in _generations)
        {
            if (generation.Owns(target.Path))
            {
                return generation;
            }
        }

        return null;
    }

    internal Answer Get(RequestTarget target, IGeneration generation, Quirks quirks)
    {
        Shelf shelf = Current(quirks);
        target = generation.Normal(target);
        if (shelf.Answers.TryGetValue(target, out Answer? known))
        {
            return known;
        }

        try
        {
            Answer answer = generation.Get(target, shelf.View);
            return answer.IsLive ? answer : shelf.Answers.GetOrAdd(target, answer);
        }
        catch (RequestException refused)
        {
            return generation.Error(target, refused.Status, refused.Message, quirks);
        }
    }

    internal Answer Write(WriteRequest request, IGeneration generation, Quirks quirks)
    {
        try
        {
            return generation.Write(request, Current(quirks).View);
        }
        catch (RequestException refused)
        {
            return generation.Error(request.Target, refused.Status, refused.Message, quirks);
        }
    }

    private Shelf Current(Quirks quirks)
    {
        Shelf? shelf = Volatile.Read(ref _shelf);
        if (shelf is not null && shelf.View.Version == _model.Version && shelf.View.Quirks == quirks)
        {
            return shelf;
        }

        lock (_gate)
        {
            if (_shelf is null || _shelf.View.Version != _model.Version || _shelf.View.Quirks != quirks)
            {
                _shelf = new Shelf(new SourceView(_model.Read(), quirks, _jobs));
            }

            return _shelf;
        }
    }

    private sealed record Shelf(SourceView View)
    {
        internal ConcurrentDictionary<RequestTarget, Answer> Answers { get; } = new();
    }
}
