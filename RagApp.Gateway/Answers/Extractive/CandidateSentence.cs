using RagApp.Contracts.Search;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>A sentence with its surrounding text, split into word stems.</summary>
/// <param name="Language">Language of the passage, two letters (ISO 639-1).</param>
/// <param name="Terms">Word stems of the sentence, in order.</param>
/// <param name="Before">Text that precedes the sentence: the header of a table row, the sentence before, or the title.</param>
/// <param name="Names">Word stems of title and headings.</param>
internal sealed record CandidateSentence(
    SearchHit Passage, QuotableSentence Sentence, string Language, IReadOnlyList<string> Terms, string Before, IReadOnlySet<string> BeforeTerms, IReadOnlySet<string> Names)
{
    public IReadOnlySet<string> TermSet { get; } = Terms.ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the sentences of a passage that can be quoted.</summary>
    public static IEnumerable<CandidateSentence> Of(SearchHit passage, ITextAnalysis analysis)
    {
        var language = passage.Properties?.Language ?? analysis.DetectLanguage(passage.Text);
        var title = string.Join('\n', ((string[])[passage.Title, passage.Section]).Where(part => part.Length > 0));
        var names = Stems(title).ToHashSet(StringComparer.Ordinal);
        QuotableSentence? above = null;
        foreach (var sentence in QuotableSentences.Of(passage.Text).Where(sentence => !sentence.IsHeader))
        {
            var before = sentence.Header ?? above?.Text ?? title;
            yield return new CandidateSentence(passage, sentence, language, Stems(sentence.Text), before, Stems(before).ToHashSet(StringComparer.Ordinal), names);
            above = sentence;
        }

        IReadOnlyList<string> Stems(string text) => analysis.Terms(text, language);
    }

    public SentenceEvidence Compare(QuestionStems words, QuestionKind kind, double passage)
    {
        var shared = words.SharedBy(TermSet);
        var numbers = QuestionKind.NumbersIn(Sentence.Text);
        return new SentenceEvidence
        {
            Shared = shared,
            Around = words.SharedBy(TermSet, BeforeTerms, Names) - shared,
            Before = words.SharedBy(BeforeTerms),
            Closeness = words.Closeness(Terms),
            Number = kind.IsGivenNumber(numbers),
            Year = kind.IsGivenYear(numbers),
            Passage = passage,
        };
    }
}
