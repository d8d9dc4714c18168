using Microsoft.Extensions.Options;
using RagApp.Models.Chat;
using RagApp.Storage.Blobs;
using RagApp.Storage.Encryption;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>
/// Finds kept answers, by the same question and then by a similar one, and keeps new ones. An answer is given again only while the search for the
/// new question, with the rights of who asks it, bears it out: 1. every passage that the model was given is found again, unchanged; 2. nothing
/// among the best passages is new. So an answer ends in the moment in which a document of it is changed, deleted or closed to the asker.
/// </summary>
internal sealed class AnswerCache(
    AnswerStore store, QuestionLikeness likeness, ITextAnalysis analysis, IOptions<AnswerCacheOptions> options, Telemetry telemetry, TimeProvider time,
    ILogger<AnswerCache> logger, TenantKeys? keys = null)
{
    /// <summary>Largest number of similar questions whose answers are looked at.</summary>
    private const int MostTried = 3;

    /// <summary>
    /// Looks for an answer to a question. Null when answers to it are not kept: questions with earlier messages hardly ever come again, and the rest
    /// of the reasons are the tenant's settings and a missing Redis or key.
    /// </summary>
    public async Task<CacheSearch?> SearchAsync(Question question, ChatModel model, CancellationToken cancellationToken)
    {
        if (question.History.Count > 0 || question.Passages.Count == 0 || !options.Value.IsOnFor(question.Principal.Tenant) || !store.IsThere
            || await ScopeAsync(question, model, cancellationToken) is not { } scope)
            return null;
        using var activity = Spans.Source.StartActivity(Spans.Stages.LookUp);
        var search = new CacheSearch(question, scope, new PassageMarks(question.Candidates));
        search = search with { Hit = await FindSameAsync(search, cancellationToken) };
        if (search.Hit is null && await likeness.MeasureAsync(question, cancellationToken) is { } vector)
            search = search with { Vector = vector, Hit = await FindSimilarAsync(search, vector, cancellationToken) };
        var outcome = search.Hit switch { null => "miss", { IsSimilar: true } => "similar", _ => "same" };
        activity?.SetTag(Spans.Tags.Cached, outcome);
        telemetry.LookedUp(outcome, search.Hit is { Answer: var answer } ? model.Price.CostOf(answer.InputTokens, answer.OutputTokens) : 0);
        return search;
    }

    /// <summary>Keeps the answer of a search that found none.</summary>
    public Task KeepAsync(CacheSearch search, AnswerRecording recording, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (recording.ToKept(search, now) is not { } answer)
            return Task.CompletedTask;
        var question = search.Vector is { } vector ? new KeptQuestion(now, answer.Question, vector.Model, vector.ToBytes()) : null;
        return store.KeepAsync(search.Scope, search.Scope.FieldOf(answer.Question), answer, question, cancellationToken);
    }

    private async Task<AnswerScope?> ScopeAsync(Question question, ChatModel model, CancellationToken cancellationToken)
    {
        try
        {
            return keys is not null && await keys.GetAsync(question.Principal.Tenant, cancellationToken) is { } key ? new AnswerScope(question.Principal, model, key) : null;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or CorruptBlobException or IOException)
        {
            logger.NoKey(exception.GetType().Name);
            return null;
        }
    }

    private async Task<CacheHit?> FindSameAsync(CacheSearch search, CancellationToken cancellationToken)
    {
        var field = search.Scope.FieldOf(search.Question.Text);
        if (await store.FindAsync(search.Scope, field, cancellationToken) is not { } answer)
            return null;
        if (IsCurrent(answer, search))
            return new CacheHit(answer, IsSimilar: false);
        await store.RemoveAsync(search.Scope, field, cancellationToken); // the next answer to this question takes its place
        return null;
    }

    private async Task<CacheHit?> FindSimilarAsync(CacheSearch search, QuestionVectorOfModel vector, CancellationToken cancellationToken)
    {
        if (vector.LeastSimilarity is not { } least)
            return null;
        var similar = (await store.ListAsync(search.Scope, cancellationToken))
            .Where(entry => entry.Question.Model == vector.Model)
            .Select(entry => (entry.Field, entry.Question, Similarity: vector.SimilarityTo(entry.Question.Vector)))
            .Where(entry => entry.Similarity >= least)
            .OrderByDescending(entry => entry.Similarity)
            .Where(entry => SameMeaning.Of(search.Question.Text, entry.Question.Question, analysis))
            .Take(MostTried);
        foreach (var (field, _, _) in similar)
        {
            if (await store.FindAsync(search.Scope, field, cancellationToken) is { } answer && IsCurrent(answer, search))
                return new CacheHit(answer, IsSimilar: true);
        }
        return null;
    }

    private bool IsCurrent(KeptAnswer answer, CacheSearch search) =>
        time.GetUtcNow() - answer.MadeAt < options.Value.TimeToLive
        && search.Found.HasAll(answer.Given) // 1
        && new PassageMarks(search.Question.Hits).All.All(answer.Found.ToHashSet(StringComparer.Ordinal).Contains); // 2
}

/// <summary>A question with what the cache knows about it.</summary>
/// <param name="Found">The passages that were found for it with the asker's rights.</param>
internal sealed record CacheSearch(Question Question, AnswerScope Scope, PassageMarks Found)
{
    /// <summary>The question's vector; null when none was needed or none could be had.</summary>
    public QuestionVectorOfModel? Vector { get; init; }

    /// <summary>The answer to give again; null when a model has to answer.</summary>
    public CacheHit? Hit { get; init; }
}

/// <param name="IsSimilar">True when the answer is to a similar question, false when it is to the same one.</param>
internal sealed record CacheHit(KeptAnswer Answer, bool IsSimilar);
