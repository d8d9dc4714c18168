namespace RagApp.Text.Sentences;

/// <summary>
/// Rules for splitting sentences, by use. A passage may end anywhere between two sentences or lines; a quote must be exactly one
/// whole sentence.
/// </summary>
public sealed class SentenceRules
{
    private SentenceRules()
    {
    }

    /// <summary>
    /// The rules for cutting documents into passages. They know no abbreviations: that would change the passages of every document,
    /// and the retrieval figures in docs/quality.md would have to be measured again.
    /// </summary>
    public static SentenceRules ForPassages { get; } = new() { LowerCaseContinues = true };

    /// <summary>The rules for sentences that are quoted on their own.</summary>
    public static SentenceRules ForQuotes { get; } = new() { JoinsWrappedLines = true, KnowsAbbreviations = true };

    /// <summary>True when a sentence continues over the break of a wrapped line; false when every line break ends a sentence.</summary>
    internal bool JoinsWrappedLines { get; private init; }

    /// <summary>
    /// True when a single full stop ends no sentence after an abbreviation of <see cref="Languages.Language.Abbreviations"/>, a
    /// capital initial or an ordinal number; false when it ends none after any single letter.
    /// </summary>
    internal bool KnowsAbbreviations { get; private init; }

    /// <summary>True when no mark before a lower-case letter ends a sentence; false when only a single full stop there ends none.</summary>
    internal bool LowerCaseContinues { get; private init; }
}
