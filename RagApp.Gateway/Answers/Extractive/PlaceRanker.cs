using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Reading;
using RagApp.Text;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Orders the places where the reader sees an answer, and estimates from the best one whether the documents answer the question at all.</summary>
internal sealed class PlaceRanker(ITextAnalysis analysis)
{
    /// <summary>
    /// Weight of the search's score beside the reader's logit. On 146 questions to mixed files the right document came first for 141 with 20 to 40, for 135
    /// with the reader alone.
    /// </summary>
    private const double SearchWeight = 25;

    /// <summary>Weights of a logistic regression for the confidence: right answers to 180 questions against wrong ones and questions without an answer.</summary>
    private const double ReaderConfidence = 0.54;
    private const double SearchConfidence = 7.7;
    private const double Offset = -4.1;

    /// <summary>Subtracted from the logarithm of the odds for a name, or a year or day, of the question that the document does not have.</summary>
    private const double MissingName = 1.35;
    private const double MissingYear = 4;

    /// <summary>Subtracted from the logarithm of the odds for a word of the question that no passage which the caller may read has.</summary>
    private const double MissingWord = 2.5;

    /// <summary>Added to the score of a place in a passage that has the day of the question; the reader knows a day by its words only.</summary>
    private const double Day = 4;

    /// <summary>Added to the logarithm of the odds when the passage has the day of the question: few passages have a given day by chance.</summary>
    private const double DayConfidence = 2;

    /// <summary>Odds of a cell: even when 0.25 of the question's words are covered by it, 20 to 1 when all are.</summary>
    private const double CellWeight = 4;
    private const double CellOffset = 1;

    /// <summary>Weight of the difference in score between the best span of a passage and another one; of 146 questions, 2 more are answered than with 1.</summary>
    private const double SpanWeight = 0.5;

    private const double LeastProbability = 1e-9;

    /// <summary>Distance in score from the best place at which a place is not quoted.</summary>
    private const double FarBelow = 6;

    /// <summary>Longest quote that is joined from two, in characters. On 146 questions to mixed files joining won 4 answers, 2 of them above 400 characters.</summary>
    private const int LongestJoined = 500;

    /// <summary>Share of common words above which two quotes say the same.</summary>
    private const double SameWords = 0.8;

    private readonly TableLookup _tables = new(analysis);

    /// <summary>Returns the places, best first.</summary>
    public IReadOnlyList<Place> Rank(Question question, PassagesRead passages) =>
    [
        .. passages.All.Where(pair => pair.Read.Spans.Count > 0 && !References.AreIn(pair.Passage.Text))
            .SelectMany(pair => PlacesIn(question, pair.Passage, pair.Read))
            .OrderByDescending(place => place.Score),
    ];

    /// <summary>The places that the reader sees in a passage, and the cell of a table that the question names.</summary>
    private IEnumerable<Place> PlacesIn(Question question, SearchHit passage, ReadPassage read)
    {
        var sentences = QuotableSentences.Of(passage.Text);
        var day = Coverage.HasDay(question, passage) ? Day : 0;
        var spans = read.Spans.Where(span => !IsInHeader(sentences, span)).DefaultIfEmpty(read.Spans[0]).ToList();
        foreach (var span in spans.Where(span => span == spans[0] || !span.IsInContext))
            yield return PlaceAt(span, LogitOf(read.Probability) - (SpanWeight * (spans[0].Score - span.Score)));
        if (_tables.Find(question, passage, sentences) is { } cell)
            yield return PlaceAt(cell.Span, LogitOf(cell));

        Place PlaceAt(ReadSpan at, double logit) => new(passage, Stretch.Around(passage, sentences, at), logit, logit + (SearchWeight * passage.Score) + day);
    }

    /// <summary>Selects the best places, without repetitions and without those far below the best. Quotes that overlap become one, unless it is too long.</summary>
    public static IReadOnlyList<Place> Choose(IReadOnlyList<Place> ranked, int limit)
    {
        var chosen = new List<(Place Place, HashSet<string> Words)>();
        foreach (var place in ranked.TakeWhile(place => place.Score > ranked[0].Score - FarBelow))
        {
            var words = Words.Of(place.Quote.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (chosen.FindIndex(other => other.Place.Quote.Overlaps(place.Quote)) is >= 0 and var at)
                chosen[at] = chosen[at] with { Place = Widened(chosen[at].Place, place.Quote) };
            else if (chosen.Count < limit && !chosen.Exists(other => SayTheSame(other.Words, words)))
                chosen.Add((place, words));
        }
        return chosen.ConvertAll(one => one.Place);
    }

    /// <summary>Estimates from the best place the probability that the documents answer the question, 0 to 1; comparable between questions.</summary>
    public double Confidence(Question question, Place best)
    {
        var logit = (ReaderConfidence * best.Logit) + (SearchConfidence * best.Passage.Score) + Offset;
        if (Coverage.LacksYear(question, best.Passage) || Coverage.LacksDay(question, best.Passage))
            logit -= MissingYear;
        if (Coverage.HasDay(question, best.Passage))
            logit += DayConfidence;
        var language = analysis.DetectLanguage(question.Text);
        if (Coverage.LacksName(question, best.Passage, language))
            logit -= MissingName;
        if (question.UnknownWords.Count > 0 && language == best.Passage.Properties?.Language)
            logit -= MissingWord;
        return 1 / (1 + Math.Exp(-logit));
    }

    /// <summary>True for the name of a column, which is never the answer.</summary>
    private static bool IsInHeader(IReadOnlyList<QuotableSentence> sentences, ReadSpan span) =>
        !span.IsInContext && sentences.Any(sentence => sentence.IsHeader && sentence.Start <= span.Start && span.Start < sentence.End);

    /// <summary>Logarithm of the odds of a probability; finite also for a reader that is quite sure.</summary>
    private static double LogitOf(double probability)
    {
        var clamped = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
        return Math.Log(clamped / (1 - clamped));
    }

    /// <summary>Logarithm of the odds that a cell of a table is the answer.</summary>
    private static double LogitOf(CellFound cell) => (CellWeight * cell.Covered) - CellOffset;

    private static Place Widened(Place place, Quote other) =>
        place.Quote.Join(other) is { Words.Length: <= LongestJoined } joined ? place with { Quote = joined } : place;

    private static bool SayTheSame(HashSet<string> one, HashSet<string> other)
    {
        var shared = one.Count(other.Contains);
        return shared > SameWords * Math.Min(one.Count, other.Count);
    }
}
