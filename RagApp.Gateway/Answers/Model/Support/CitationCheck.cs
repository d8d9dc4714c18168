using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Polly;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>
/// Checks that the cited passages support a statement. 1. Each number of the statement is in one of them. 2. So is each name,
/// unless the question has it. 3. So are at least half of the statement's words, as weighted stems. 4. If the languages differ and
/// too few words match, vectors are compared instead. Each cited passage must contribute.
/// </summary>
/// <remarks>One instance serves one answer, since it caches the words of passages.</remarks>
internal sealed partial class CitationCheck(
    ITextAnalysis analysis, EmbeddingClient embeddings, IOptions<CitationOptions> options, TimeProvider time)
{
    /// <summary>Longest time the answer's stream waits for vectors.</summary>
    private static readonly TimeSpan EmbeddingTimeout = TimeSpan.FromSeconds(3);

    private const double LeastCoverage = 0.5;

    /// <summary>Least share of the words covered by all cited passages that each of them must cover.</summary>
    private const double LeastPart = 0.25;

    private const string SomethingElse = "The passage says something else.";

    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(EmbeddingTimeout).Build();
    private readonly Dictionary<SearchHit, Evidence> _evidence = new(ReferenceEqualityComparer.Instance);
    private string _language = "";

    /// <param name="cited">Passages that the statement cites together.</param>
    /// <param name="all">All passages of the prompt, cited or not; a word that most of them have weighs little.</param>
    public async Task<IReadOnlyList<CheckedCitation>> CheckAsync(
        Statement statement, IReadOnlyList<SearchHit> cited, IReadOnlyList<SearchHit> all, CancellationToken cancellationToken)
    {
        var text = ListMark().Replace(statement.Text, "");
        var evidence = cited.Select(hit => EvidenceOf(hit, statement.Language)).ToList();
        if (Missing(Numbers.In(text), number => evidence.Exists(one => one.Numbers.Contains(number))) is { } numbers) // 1
            return Reject(cited, $"The passage does not have {numbers}.");

        var asked = analysis.Terms(statement.Question, statement.Language).ToHashSet(StringComparer.Ordinal);
        bool IsKnown(string term) => asked.Contains(term) || evidence.Exists(one => one.Terms.Contains(term));
        var isForeign = cited.Any(hit => LanguageOf(hit) != statement.Language);
        if (!isForeign && Missing(Names.In(text, statement.Language), name => analysis.Terms(name, statement.Language).All(IsKnown)) is { } names) // 2
            return Reject(cited, $"The passage does not name {names}.");

        var words = new StatementWords( // 3
            analysis.Terms(text, statement.Language), asked, evidence, [.. all.Select(hit => EvidenceOf(hit, statement.Language))]);
        if (words.Coverage < LeastCoverage)
            return isForeign ? await TryCompareAsync(statement, cited, cancellationToken) : Reject(cited, SomethingElse); // 4
        return
        [
            .. evidence.Select(one => new CheckedCitation(
                BestPart(one.Passage, part => words.CoverageBy(EvidenceOf(part, statement.Language))),
                words.CoverageBy(one) < LeastPart * words.Coverage ? "The passage says nothing of it." : null)),
        ];
    }

    private Evidence EvidenceOf(SearchHit passage, string language)
    {
        if (_language != language)
            _evidence.Clear();
        _language = language;
        if (!_evidence.TryGetValue(passage, out var evidence))
            _evidence.Add(passage, evidence = Evidence.Of(passage, language, analysis));
        return evidence;
    }

    /// <summary>Returns the best matching passage of a hit that joins several.</summary>
    private static SearchHit BestPart(SearchHit hit, Func<SearchHit, double> score) => hit.Parts?.MaxBy(score) ?? hit;

    private string LanguageOf(SearchHit hit) => hit.Properties?.Language ?? analysis.DetectLanguage(hit.Text);

    /// <summary>Compares the vectors; a passage that cannot be compared in time does not support the statement.</summary>
    private async Task<IReadOnlyList<CheckedCitation>> TryCompareAsync(
        Statement statement, IReadOnlyList<SearchHit> cited, CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(async token => await CompareAsync(statement, cited, token), cancellationToken);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or ExecutionRejectedException)
        {
            return Reject(cited, "The passage is in another language, and they could not be compared.");
        }
    }

    /// <summary>Compares the vector of the statement with that of the most similar sentence of each passage.</summary>
    private async Task<IReadOnlyList<CheckedCitation>> CompareAsync(
        Statement statement, IReadOnlyList<SearchHit> cited, CancellationToken cancellationToken)
    {
        var sentences = cited
            .SelectMany(hit => hit.Parts ?? [hit])
            .SelectMany(part => QuotableSentences.Of(part.Text), (part, sentence) => (Part: part, sentence.Text))
            .ToList();
        var asked = await EmbedAsync(statement, [statement.Text], EmbeddingInputType.Query, cancellationToken);
        var vectors = await EmbedAsync(statement, [.. sentences.Select(sentence => sentence.Text)], EmbeddingInputType.Passage, cancellationToken);
        var nearest = sentences.Zip(vectors, (sentence, data) => (sentence.Part, Similarity: TensorPrimitives.Dot(data.Embedding, asked[0].Embedding)))
            .GroupBy(pair => pair.Part)
            .ToDictionary(group => group.Key, group => (double)group.Max(pair => pair.Similarity));
        double Similarity(SearchHit part) => nearest.GetValueOrDefault(part, -1);

        return [.. cited.Select(hit => BestPart(hit, Similarity)).Select(part => new CheckedCitation(part, Similarity(part) < options.Value.MinSimilarity ? SomethingElse : null))];
    }

    private async Task<IReadOnlyList<EmbeddingData<float[]>>> EmbedAsync(
        Statement statement, IReadOnlyList<string> texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest(texts, Model: null, type, EmbeddingPriority.Interactive);
        return (await embeddings.EmbedAsync(statement.Principal, request, cancellationToken)).Data;
    }

    /// <summary>Lists the unknown <paramref name="parts"/> in words; null when all are known.</summary>
    private static string? Missing(IEnumerable<string> parts, Func<string, bool> isKnown)
    {
        var missing = parts.Where(part => !isKnown(part)).Distinct(StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : string.Join(", ", missing);
    }

    private static IReadOnlyList<CheckedCitation> Reject(IEnumerable<SearchHit> cited, string reason) =>
        [.. cited.Select(hit => new CheckedCitation(hit, reason))];

    /// <summary>Matches the mark of a list item, such as <c>3.</c>, which is no number that a passage must have.</summary>
    [GeneratedRegex(@"^\s*(?:\d{1,2}[.)]|[-*•])\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex ListMark();
}

/// <param name="Lacking">Sentence that says why the passage does not support the statement; null when it does.</param>
internal sealed record CheckedCitation(SearchHit Passage, string? Lacking);
