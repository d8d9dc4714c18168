using RagApp.Contracts.Search;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>A sentence with what stands around it, taken apart into word stems.</summary>
/// <param name="Language">The passage's, two letters (ISO 639-1).</param>
/// <param name="Terms">Stems of the sentence in order.</param>
/// <param name="Before">Text that it is read after: the header of a table row, the sentence before, or the title.</param>
/// <param name="Names">Stems of title and headings.</param>
internal sealed record Candidate(
    SearchHit Passage, Sentence Sentence, string Language, IReadOnlyList<string> Terms, string Before, IReadOnlySet<string> BeforeTerms, IReadOnlySet<string> Names)
{
    public IReadOnlySet<string> TermSet { get; } = Terms.ToHashSet(StringComparer.Ordinal);

    /// <summary>The sentences of a passage that can be quoted.</summary>
    public static IEnumerable<Candidate> Of(SearchHit passage, ITextAnalysis analysis)
    {
        var language = passage.Properties?.Language ?? analysis.DetectLanguage(passage.Text);
        var title = string.Join('\n', ((string[])[passage.Title, passage.Section]).Where(part => part.Length > 0));
        var names = Stems(title).ToHashSet(StringComparer.Ordinal);
        Sentence? above = null;
        foreach (var sentence in SentenceSplitter.Split(passage.Text).Where(sentence => !sentence.IsHeader))
        {
            var before = (sentence.Header ?? above)?.Text ?? title;
            yield return new Candidate(passage, sentence, language, Stems(sentence.Text), before, Stems(before).ToHashSet(StringComparer.Ordinal), names);
            above = sentence;
        }

        IReadOnlyList<string> Stems(string text) => analysis.Terms(text, language);
    }

    public SentenceEvidence Compare(QuestionWords words, QuestionKind kind, double passage)
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
