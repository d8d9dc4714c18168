namespace RagApp.Storage.Analysis;

/// <summary>
/// Terms by the library's analyser of the language, with codes and accents handled around it.
///
/// A document is analysed in its own language and indexed under it. A question is analysed once for every
/// language that the tenant's documents are in (<see cref="QuestionTerms"/>): nobody needs to know for sure
/// which language three words are in, and a name or a code finds documents in all of them.
/// </summary>
internal sealed class TextAnalysis : ITextAnalysis
{
    /// <summary>Longest term, in characters; what is longer is noise such as encoded data.</summary>
    private const int MaxTermLength = 128;

    public string DetectLanguage(string text) => LanguageDetection.Detect(text);

    public IReadOnlyList<string> Terms(string text, string language) => FoldedTerms(TextFolding.Text(text, language), language);

    public IReadOnlyList<string> QuestionTerms(string question, string language)
    {
        var asked = DetectLanguage(question);
        var folded = TextFolding.Text(question, language);
        return FoldedTerms(string.Equals(asked, language, StringComparison.Ordinal) ? folded : WithoutStopWords(folded, asked), language);
    }

    /// <summary>
    /// 1. Codes are found in the text. 2. The analyser gives the words. 3. A code stands before its first word.
    /// 4. A word that joins letters and digits is followed by its parts, 5. an Arabic one by what its particle stands before.
    /// </summary>
    private static List<string> FoldedTerms(string text, string language)
    {
        var terms = new List<string>();
        var codes = new Queue<Code>(Code.In(text)); // 1
        foreach (var word in LanguageAnalyzers.For(language).Split(text)) // 2
        {
            while (codes.TryPeek(out var code) && code.Start <= word.Start)
            {
                codes.Dequeue();
                if (!string.Equals(code.Term, word.Text, StringComparison.Ordinal))
                    Add(terms, code.Term); // 3
            }
            foreach (var term in SouthEastAsian.IsIn(word.Text) ? SouthEastAsian.Pairs(word.Text) : [word.Text, .. Code.Parts(word.Text)]) // 4
                Add(terms, term);
            if (language is "ar" && ArabicParticles.WithoutParticle(word.Text) is { } rest) // 5
                Add(terms, rest);
        }
        foreach (var code in codes)
            Add(terms, code.Term);
        return terms;
    }

    /// <summary>The text with a language's stop words blanked, except inside codes: <c>IT-7</c> stays.</summary>
    private static string WithoutStopWords(string text, string language)
    {
        var stopWords = LanguageAnalyzers.StopWords(language);
        var codes = Code.In(text).ToList();
        var kept = text.ToCharArray();
        foreach (var word in LanguageAnalyzers.Plain.Split(text))
        {
            if (stopWords.Contains(word.Text) && !codes.Exists(code => word.Start >= code.Start && word.End <= code.Start + code.Term.Length))
                kept.AsSpan(word.Start, word.End - word.Start).Fill(' ');
        }
        return new string(kept);
    }

    private static void Add(List<string> terms, string term)
    {
        if (term.Length is > 0 and <= MaxTermLength)
            terms.Add(TextFolding.Term(term));
    }
}
