namespace RagApp.Text.Analysis;

/// <summary>
/// Splits text into terms with the library's analyser of the language, and adds codes and accent folding.
/// <para>
/// A document is analysed in its own language and indexed under it. A question is analysed once for every language of the
/// tenant's documents (<see cref="QuestionTerms"/>), since the language of three words is uncertain, and since a name or a
/// code then finds documents in all of them.
/// </para>
/// </summary>
internal sealed class TextAnalysis : ITextAnalysis
{
    /// <summary>Longest term, in characters; anything longer is noise, such as encoded data.</summary>
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
    /// 1. Finds the codes of the text, and acronyms that are stop words in small letters. 2. Splits the text into words.
    /// 3. Adds a code before its first word. 4. Adds the parts of a word that joins letters and digits. 5. Adds an Arabic
    /// word without its particle.
    /// </summary>
    private static List<string> FoldedTerms(string text, string language)
    {
        var terms = new List<string>();
        var particles = Particles.Of(language);
        var codes = new Queue<Code>(Code.In(text).Concat(Acronyms.In(text, LanguageAnalyzers.StopWords(language))).OrderBy(code => code.Start)); // 1
        foreach (var word in LanguageAnalyzers.For(language).Split(text)) // 2
        {
            while (codes.TryPeek(out var code) && code.Start <= word.Start)
            {
                codes.Dequeue();
                if (!string.Equals(code.Term, word.Text, StringComparison.Ordinal))
                    Add(terms, code.Term); // 3
            }
            foreach (var term in SouthEastAsianWords.IsOne(word.Text) ? SouthEastAsianWords.Pairs(word.Text) : [word.Text, .. Code.Parts(word.Text)]) // 4
                Add(terms, term);
            if (Particles.WithoutParticle(word.Text, particles) is { } rest) // 5
                Add(terms, rest);
        }
        foreach (var code in codes)
            Add(terms, code.Term);
        return terms;
    }

    /// <summary>Replaces a language's stop words by spaces, except inside codes and as acronyms: <c>IT-7</c> and <c>IT</c> stay.</summary>
    private static string WithoutStopWords(string text, string language)
    {
        var stopWords = LanguageAnalyzers.StopWords(language);
        var codes = Code.In(text).Concat(Acronyms.In(text, stopWords)).ToList();
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
