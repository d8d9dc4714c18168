using System.Numerics.Tensors;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Search;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Scores sentences against a question: <c>cosine + 0.1 * shared words + 0.1 * passage's score</c>. A shared word
/// stem counts the more the fewer of the sentences at hand have it. Measured with the embedded model on every
/// eighth question of SQuAD (641, five passages): one, two, three sentences hold the answer for 77.5, 86.3 and
/// 90.8 %, against 71.5, 81.0 and 85.3 % by cosine alone.
/// </summary>
internal sealed class SentenceRanker(EmbeddingClient embeddings, ITextAnalysis analysis)
{
    private const double SharedWordsWeight = 0.1;
    private const double PassageWeight = 0.1;

    /// <summary>The sentences of <paramref name="passages"/>, best first.</summary>
    public async Task<IReadOnlyList<RankedSentence>> RankAsync(
        Question question, IEnumerable<SearchHit> passages, CancellationToken cancellationToken)
    {
        var sentences = passages
            .SelectMany(passage => SentenceSplitter.Split(passage.Text), (passage, sentence) => (Passage: passage, Sentence: sentence))
            .ToList();
        if (sentences.Count == 0)
            return [];

        var asked = await EmbedAsync(question, [question.Text], EmbeddingInputType.Query, cancellationToken);
        var vectors = await EmbedAsync(question, [.. sentences.Select(pair => pair.Sentence.Text)], EmbeddingInputType.Passage, cancellationToken);

        var language = analysis.DetectLanguage(question.Text);
        var terms = sentences.ConvertAll(pair => analysis.Terms(pair.Sentence.Text, language).ToHashSet(StringComparer.Ordinal));
        var words = new QuestionWords(analysis.Terms(question.Text, language), terms);

        return
        [
            .. sentences
                .Select((pair, i) => new RankedSentence(
                    pair.Passage,
                    pair.Sentence,
                    terms[i],
                    TensorPrimitives.Dot(asked[0].Embedding, vectors[i].Embedding)
                        + SharedWordsWeight * words.SharedBy(terms[i])
                        + PassageWeight * pair.Passage.Score))
                .OrderByDescending(ranked => ranked.Score),
        ];
    }

    private async Task<IReadOnlyList<EmbeddingData>> EmbedAsync(
        Question question, IReadOnlyList<string> texts, EmbeddingInputType type, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest(texts, Model: null, type, EmbeddingPriority.Interactive);
        return (await embeddings.EmbedAsync(question.Principal, request, cancellationToken)).Data;
    }
}

/// <param name="Terms">Its word stems.</param>
/// <param name="Score">How well it answers; comparable between questions.</param>
internal sealed record RankedSentence(SearchHit Passage, Sentence Sentence, IReadOnlySet<string> Terms, double Score);
