using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>The sentences that may answer a question, best first.</summary>
/// <param name="Confidence">How likely it is that the documents are about what was asked, 0 to 1; comparable between questions.</param>
internal sealed record RankedSentences(IReadOnlyList<RankedSentence> Sentences, double Confidence)
{
    public static readonly RankedSentences None = new([], 0);
}

/// <param name="Terms">Its word stems.</param>
/// <param name="Score">Logarithm of its chance to hold the answer, up to a constant of the question.</param>
internal sealed record RankedSentence(SearchHit Passage, Sentence Sentence, IReadOnlySet<string> Terms, double Score);
