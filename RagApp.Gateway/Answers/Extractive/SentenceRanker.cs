using System.Numerics.Tensors;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Search;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Scores sentences against a question: cosine of their vectors plus the share of the question's word stems
/// that the sentence has.
/// </summary>
internal sealed class SentenceRanker(EmbeddingClient embeddings, ITextAnalysis analysis)
{
    /// <summary>The sentences of <paramref name="passages"/>, best first.</summary>
    public async Task<IReadOnlyList<RankedSentence>> RankAsync(
        Question question, IEnumerable<SearchHit> passages, CancellationToken cancellationToken)
    {
        var sentences = passages
            .SelectMany(passage => SentenceSplitter.Split(passage.Text), (passage, sentence) => (passage, sentence))
            .ToList();
        if (sentences.Count == 0)
            return [];

        var asked = await EmbedAsync(question, [question.Text], EmbeddingInputType.Query, cancellationToken);
        var vectors = await EmbedAsync(question, [.. sentences.Select(pair => pair.sentence.Text)], EmbeddingInputType.Passage, cancellationToken);
        var language = analysis.DetectLanguage(question.Text);
        var wanted = analysis.Terms(question.Text, language).ToHashSet(StringComparer.Ordinal);

        return
        [
            .. sentences
                .Select((pair, i) =>
                {
                    var terms = analysis.Terms(pair.sentence.Text, language).ToHashSet(StringComparer.Ordinal);
                    var cosine = TensorPrimitives.Dot(asked[0].Embedding, vectors[i].Embedding);
                    return new RankedSentence(pair.passage, pair.sentence, terms, cosine + Shared(wanted, terms));
                })
                .OrderByDescending(ranked => ranked.Score),
        ];
    }

    private static double Shared(HashSet<string> wanted, HashSet<string> terms) =>
        wanted.Count == 0 ? 0 : (double)wanted.Count(terms.Contains) / wanted.Count;

    private async Task<IReadOnlyList<EmbeddingData>> EmbedAsync(
        Question question, IReadOnlyList<string> texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest(texts, Model: null, type, EmbeddingPriority.Interactive);
        return (await embeddings.EmbedAsync(question.Principal, request, cancellationToken)).Data;
    }
}

/// <param name="Terms">Its word stems.</param>
/// <param name="Score">How well it answers, 0 to 2.</param>
internal sealed record RankedSentence(SearchHit Passage, Sentence Sentence, IReadOnlySet<string> Terms, double Score);
