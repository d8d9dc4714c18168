using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using RagApp.Benchmarks.Retrieval;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Reading;
using RagApp.Text.Analysis;
using static Microsoft.Extensions.Options.Options;

namespace RagApp.Benchmarks.Answers;

/// <summary>Runs the gateway's extractive answerer behind the real search, both in this process.</summary>
/// <param name="reader">The reader; null to measure answers without it.</param>
internal sealed class AnswerBench(RetrievalBench search, CachedReader? reader) : IDisposable
{
    private static readonly TextAnalysis Analysis = new();

    private readonly PlaceRanker _places = new(Analysis);
    private readonly Wording _wording = new(Analysis);
    private readonly HttpClient _embedding = new() { BaseAddress = new Uri(search.EmbeddingAddress) };
    private readonly HttpClient _reading = ClientOf(new ReaderHandler(reader));

    public ExtractiveOptions Options { get; } = new();

    /// <summary>The options of reading, but for a time that no reading exceeds: a slow machine changes no result.</summary>
    public ReadingOptions Reading { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>Confidence below which a question is turned away.</summary>
    public double Threshold => reader is null ? Options.MinScore : Reading.MinConfidence;

    public async Task<FoundQuotes> AnswerAsync(string documents, string text, CancellationToken cancellationToken)
    {
        var question = await AskAsync(documents, text, cancellationToken);
        var read = await ReaderAt(_reading).ReadAsync(question, cancellationToken);
        if (!read.IsAbsent)
            return QuotePlaces(question, read);
        return reader is null ? await QuoteSentencesAsync(question, cancellationToken) : throw new InvalidOperationException(read.Record.Absent);
    }

    /// <summary>
    /// Times of each answer after its passages are found. Answers run one at a time, and the caches of vectors and readings are
    /// empty at the start.
    /// </summary>
    public async Task<AnswerTimes> TimeAsync(string documents, IEnumerable<string> questions, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("ragapp-answers-").FullName;
        using var model = new CachedModel(folder);
        await using var embedding = await model.ServeAsync();
        using var http = new HttpClient { BaseAddress = new Uri(embedding.Address) };
        using var fresh = reader is null ? null : new CachedReader(folder);
        var handler = new ReaderHandler(fresh);
        using var reading = ClientOf(handler);
        var answerer = new ExtractiveAnswerer(ReaderAt(reading), _places, RankerAt(http), _wording, Create(Options), Create(Reading));
        model.EmbedQuestions(["The model is loaded before the first is timed."]);
        var times = new List<TimeSpan>();
        foreach (var text in questions)
        {
            var question = await AskAsync(documents, text, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            await foreach (var _ in answerer.AnswerAsync(question, cancellationToken))
            {
            }
            times.Add(Stopwatch.GetElapsedTime(started));
        }
        model.Dispose();
        fresh?.Dispose();
        Directory.Delete(folder, recursive: true);
        return new AnswerTimes(times, [.. handler.Times]);
    }

    public void Dispose()
    {
        _embedding.Dispose();
        _reading.Dispose();
    }

    private FoundQuotes QuotePlaces(Question question, PassagesRead read)
    {
        var places = _places.Rank(question, read);
        return new FoundQuotes(
            [.. PlaceRanker.Choose(places, Options.MaxQuotes).Select(place => place.Quote.Text)],
            places.Count > 0 ? _places.Confidence(question, places[0]) : 0);
    }

    private async Task<FoundQuotes> QuoteSentencesAsync(Question question, CancellationToken cancellationToken)
    {
        var ranked = await RankerAt(_embedding).RankAsync(question, [.. question.Passages.Take(Options.Passages)], Options.MaxQuotes, cancellationToken);
        return new FoundQuotes(
            [.. SentenceSelection.Choose(ranked.Sentences, Options.MaxQuotes).Select(sentence => sentence.Sentence.Text)],
            ranked.Confidence);
    }

    private async Task<Question> AskAsync(string documents, string text, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(documents, new SearchRequest(text, Answering.ReadFrom), cancellationToken);
        return new Question(RetrievalBench.ReaderOf(documents), text, found.Hits, []) { UnknownWords = found.Explain.UnknownWords ?? [] };
    }

    private QuestionReader ReaderAt(HttpClient reading) => new(new ReadingClient(reading), Create(Reading), TimeProvider.System, NullLogger<QuestionReader>.Instance);

    private static SentenceRanker RankerAt(HttpClient embedding) => new(new EmbeddingClient(embedding), new TextAnalysis());

    private static HttpClient ClientOf(ReaderHandler handler) => new(handler) { BaseAddress = new Uri("http://reader") };
}

/// <param name="Quotes">Texts that the answer would quote, best first.</param>
internal sealed record FoundQuotes(IReadOnlyList<string> Quotes, double Confidence);

/// <param name="Answers">Times of the answers.</param>
/// <param name="Readings">The reader's part of these times; empty without the reader.</param>
internal sealed record AnswerTimes(IReadOnlyList<TimeSpan> Answers, IReadOnlyList<TimeSpan> Readings);
