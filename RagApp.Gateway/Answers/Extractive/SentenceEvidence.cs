namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// What speaks for a sentence as the answer. The weights were learned together: the logarithm of a sentence's chance
/// to hold the answer, against the other sentences of the same question, on one half of the articles of SQuAD and
/// XQuAD and of the reports of TAT-QA (docs/decisions/0009-extractive-answers.md).
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

    /// <summary>Part of the question's words that the sentence has, 0 to 1.</summary>
    public required double Shared { get; init; }

    /// <summary>Part that it lacks and that the text before it, the title or the headings have, 0 to 1.</summary>
    public required double Around { get; init; }

    /// <summary>Part that the text before it has, 0 to 1: where that repeats the question the answer is rather there.</summary>
    public required double Before { get; init; }

    /// <inheritdoc cref="QuestionWords.Closeness"/>
    public required double Closeness { get; init; }

    /// <inheritdoc cref="QuestionKind.IsGivenNumber"/>
    public required bool Number { get; init; }

    /// <inheritdoc cref="QuestionKind.IsGivenYear"/>
    public required bool Year { get; init; }

    /// <summary>Cosine of the question and the passage.</summary>
    public required double Passage { get; init; }

    /// <summary>Before sentences are embedded: the passage's cosine stands for the sentence's.</summary>
    public double FirstLook => Words + ((PassageWeight + InContextWeight + AsStatementWeight) * Passage);

    private double Words =>
        (SharedWeight * Shared) + (AroundWeight * Around) + (BeforeWeight * Before) + (ClosenessWeight * Closeness)
        + (Number ? NumberWeight : 0) + (Year ? YearWeight : 0);

    /// <param name="inContext">Cosine of the question and the sentence with the text before it.</param>
    /// <param name="asStatement">Cosine of the question, embedded as if it were a passage, and the sentence alone.</param>
    public double Score(double inContext, double asStatement) =>
        Words + (PassageWeight * Passage) + (InContextWeight * inContext) + (AsStatementWeight * asStatement);
}
