namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Features of a sentence as a possible answer. The weights were learned together: they predict the logarithm of a sentence's
/// probability among the sentences of the same question, on one half of the articles of SQuAD and XQuAD and of the reports of
/// TAT-QA (docs/decisions/0009-extractive-answers.md).
/// </summary>
internal sealed record SentenceEvidence
{
    private const double SharedWeight = 6.5;
    private const double AroundWeight = 5;
    private const double BeforeWeight = -2;
    private const double ClosenessWeight = 1.2;
    private const double NumberWeight = 0.8;
    private const double YearWeight = 1.5;
    private const double PassageWeight = 27;
    private const double InContextWeight = 22;
    private const double AsStatementWeight = 18.5;

    /// <summary>Share of the question's words that the sentence has, 0 to 1.</summary>
    public required double Shared { get; init; }

    /// <summary>Share of the question's words that the sentence lacks but the text before it, the title or the headings have, 0 to 1.</summary>
    public required double Around { get; init; }

    /// <summary>
    /// Share of the question's words that the text before the sentence has, 0 to 1. It counts against the sentence: the answer
    /// is then rather in the text before.
    /// </summary>
    public required double Before { get; init; }

    /// <inheritdoc cref="QuestionStems.Closeness"/>
    public required double Closeness { get; init; }

    /// <inheritdoc cref="QuestionKind.IsGivenNumber"/>
    public required bool Number { get; init; }

    /// <inheritdoc cref="QuestionKind.IsGivenYear"/>
    public required bool Year { get; init; }

    /// <summary>Cosine similarity of the question and the passage.</summary>
    public required double Passage { get; init; }

    /// <summary>Score before sentences are embedded; it uses the passage's cosine similarity in place of the sentence's.</summary>
    public double FirstLook => Words + ((PassageWeight + InContextWeight + AsStatementWeight) * Passage);

    private double Words =>
        (SharedWeight * Shared) + (AroundWeight * Around) + (BeforeWeight * Before) + (ClosenessWeight * Closeness)
        + (Number ? NumberWeight : 0) + (Year ? YearWeight : 0);

    /// <param name="inContext">Cosine similarity of the question and the sentence with the text before it.</param>
    /// <param name="asStatement">Cosine similarity of the sentence alone and the question embedded as if it were a passage.</param>
    public double Score(double inContext, double asStatement) =>
        Words + (PassageWeight * Passage) + (InContextWeight * inContext) + (AsStatementWeight * asStatement);
}
