using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Polly;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>
/// Whether passages bear out a statement that cites them. 1. Every number of it stands in one of them. 2. So does
/// every name, unless the question has it. 3. So do at least half of its words, by stem and weight. 4. Where answer and
/// passage are in different languages words may well differ, and vectors are compared. Each passage must add something.
/// </summary>
/// <remarks>For one answer: what its passages say is kept.</remarks>
internal sealed partial class CitationCheck(
    ITextAnalysis analysis, EmbeddingClient embeddings, IOptions<CitationOptions> options, TimeProvider time)
{
    /// <summary>Longest wait for vectors while the answer stands still.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const double LeastCoverage = 0.5;

    /// <summary>Least share of what all cited passages cover that one of them must cover.</summary>
    private const double LeastPart = 0.25;

    private const string SomethingElse = "The passage says something else.";

    private readonly Dictionary<SearchHit, Evidence> _evidence = new(ReferenceEqualityComparer.Instance);
    private string _language = "";

    /// <param name="cited">The passages that the statement cites together.</param>
    /// <param name="all">Every passage of the prompt, cited or not: a word that most of them have says little.</param>
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
            return isForeign ? await CompareAsync(statement, cited, cancellationToken) : Reject(cited, SomethingElse); // 4
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

    /// <summary>Of a hit that joins several passages the one that is meant.</summary>
    private static SearchHit BestPart(SearchHit hit, Func<SearchHit, double> score) => hit.Parts?.MaxBy(score) ?? hit;

    private string LanguageOf(SearchHit hit) => hit.Properties?.Language ?? analysis.DetectLanguage(hit.Text);

    /// <summary>By the sentence of each passage that is nearest to the statement. What cannot be compared is not borne out.</summary>
    private async Task<IReadOnlyList<CheckedCitation>> CompareAsync(
        Statement statement, IReadOnlyList<SearchHit> cited, CancellationToken cancellationToken)
    {
        var sentences = cited
            .SelectMany(hit => hit.Parts ?? [hit])
            .SelectMany(part => SentenceSplitter.Split(part.Text), (part, sentence) => (Part: part, sentence.Text))
            .ToList();
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var asked = await EmbedAsync(statement, [statement.Text], EmbeddingInputType.Query, either.Token);
            var vectors = await EmbedAsync(statement, [.. sentences.Select(sentence => sentence.Text)], EmbeddingInputType.Passage, either.Token);
            var nearest = sentences.Zip(vectors, (sentence, data) => (sentence.Part, Similarity: TensorPrimitives.Dot(data.Embedding, asked[0].Embedding)))
                .GroupBy(pair => pair.Part)
                .ToDictionary(group => group.Key, group => (double)group.Max(pair => pair.Similarity));
            double Similarity(SearchHit part) => nearest.GetValueOrDefault(part, -1);

            return [.. cited.Select(hit => BestPart(hit, Similarity)).Select(part => new CheckedCitation(part, Similarity(part) < options.Value.MinSimilarity ? SomethingElse : null))];
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or ExecutionRejectedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Reject(cited, "The passage is in another language, and they could not be compared.");
        }
    }

    private async Task<IReadOnlyList<EmbeddingData>> EmbedAsync(
        Statement statement, IReadOnlyList<string> texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest(texts, Model: null, type, EmbeddingPriority.Interactive);
        return (await embeddings.EmbedAsync(statement.Principal, request, cancellationToken)).Data;
    }

    /// <summary>Those of <paramref name="parts"/> that are not known, as a list in words; null when all are.</summary>
    private static string? Missing(IEnumerable<string> parts, Func<string, bool> isKnown)
    {
        var missing = parts.Where(part => !isKnown(part)).Distinct(StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? null : string.Join(", ", missing);
    }

    private static IReadOnlyList<CheckedCitation> Reject(IEnumerable<SearchHit> cited, string reason) =>
        [.. cited.Select(hit => new CheckedCitation(hit, reason))];

    /// <summary>The <c>3.</c> of a list is no number that a passage must have.</summary>
    [GeneratedRegex(@"^\s*(?:\d{1,2}[.)]|[-*•])\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex ListMark();
}

/// <param name="Lacking">Why the passage does not bear out the statement, in a sentence; null when it does.</param>
internal sealed record CheckedCitation(SearchHit Passage, string? Lacking);
