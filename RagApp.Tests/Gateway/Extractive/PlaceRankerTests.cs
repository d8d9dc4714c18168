using RagApp.Contracts.Answers;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Reading;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Gateway.Extractive;

public sealed class PlaceRankerTests
{
    private static readonly PlaceRanker Ranker = new(new TextAnalysis());

    private static Question Asked { get; } = new(new Principal("acme", "ann", [], [], Region: null), "What colour is it?", [], []);

    [Fact]
    public void Rank_ReaderIsSure_GoesBeforeABetterSearchScore()
    {
        var ranked = Ranker.Rank(Asked, Read(("The gate is red.", 0.80, 0.10), ("The door is blue.", 0.75, 0.95)));

        ranked.Select(place => place.Passage.Text).ShouldBe(["The door is blue.", "The gate is red."]);
    }

    [Fact]
    public void Rank_PassageHasTheDayOfTheQuestion_GoesFirst()
    {
        var ranked = Ranker.Rank(
            Asked with { Understood = "Who left on 5 March 2026?" }, Read(("Ben left on 7 April 2026.", 0.80, 0.95), ("Ann left on 2026-03-05.", 0.75, 0.7)));

        ranked[0].Passage.Text.ShouldBe("Ann left on 2026-03-05.");
    }

    [Fact]
    public void Confidence_WordIsInNoPassage_IsLowerWhereThePassageIsInTheSameLanguage()
    {
        var place = Ranker.Rank(Asked, Read(("The gate is red.", 0.80, 0.95)))[0];
        var english = place with { Passage = place.Passage with { Properties = new DocumentProperties(DocumentProperties.Upload, "md", "en", Date: null, []) } };
        var french = place with { Passage = place.Passage with { Properties = new DocumentProperties(DocumentProperties.Upload, "md", "fr", Date: null, []) } };
        var asked = Asked with { Text = "What is the colour of the sabbatical?" };

        var unknown = asked with { UnknownWords = ["sabbatical"] };

        Ranker.Confidence(unknown, english).ShouldBeLessThan(Ranker.Confidence(asked, english) - 0.2);
        Ranker.Confidence(unknown, french).ShouldBe(Ranker.Confidence(asked, french));
    }

    [Fact]
    public void Choose_ReaderIsQuiteSure_QuotesThePlace()
    {
        var ranked = Ranker.Rank(Asked, Read(("The gate is red.", 0.80, 1), ("The door is blue.", 0.75, 0)));

        PlaceRanker.Choose(ranked, limit: 3).ShouldHaveSingleItem().Passage.Text.ShouldBe("The gate is red.");
        Ranker.Confidence(Asked, ranked[0]).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Choose_SeveralSpansOfAPassage_QuotesEachPlaceOnce()
    {
        var text = $"Thanks go to Dr. Lohani for his advice. {new string('x', 300)} went on. Dr. Logan supervised the thesis.";
        var read = Read((text, 0.8, 0.7));
        var (passage, reading) = read.All[0];
        ReadSpan[] spans = [new(13, 23, 2, IsInContext: false), new(13, 19, 1.9, IsInContext: false), new(text.IndexOf("Dr. Logan", StringComparison.Ordinal), text.Length, 1, IsInContext: false)];

        var chosen = PlaceRanker.Choose(Ranker.Rank(Asked, read with { All = [(passage, reading with { Spans = spans })] }), limit: 3);

        chosen.Select(place => place.Quote.Words[..12]).ShouldBe(["Thanks go to", "Dr. Logan su"]);
    }

    [Fact]
    public void Choose_QuotesThatOverlap_BecomeOneAroundTheBestAnswer()
    {
        var first = new string('a', 118) + ".";
        var text = $"The lid is red. {first} The door is blue. {first.Replace('a', 'b')} The gate is grey.";
        var read = Read((text, 0.8, 0.7));
        var (passage, reading) = read.All[0];
        ReadSpan[] spans = [SpanOf("blue", 2), SpanOf("red", 1), SpanOf("grey", 0.5)];

        var chosen = PlaceRanker.Choose(Ranker.Rank(Asked, read with { All = [(passage, reading with { Spans = spans })] }), limit: 3).ShouldHaveSingleItem().Quote;

        chosen.Text.ShouldBe(text);
        chosen.Text[chosen.Answer!.Start..chosen.Answer.End].ShouldBe("blue");

        ReadSpan SpanOf(string word, double score)
        {
            var start = text.IndexOf(word, StringComparison.Ordinal);
            return new ReadSpan(start, start + word.Length, score, IsInContext: false);
        }
    }

    [Fact]
    public void Rank_ReaderSeesBothAlike_SearchDecides()
    {
        var ranked = Ranker.Rank(Asked, Read(("The gate is red.", 0.50, 0.60), ("The door is blue.", 0.80, 0.55)));

        ranked[0].Passage.Text.ShouldBe("The door is blue.");
    }

    [Fact]
    public void Choose_RepeatedAndFarBelow_LeavesThemOut()
    {
        var ranked = Ranker.Rank(Asked, Read(
            ("The door is blue.", 0.80, 0.90), ("The door is blue.", 0.79, 0.89), ("The gate is red.", 0.78, 0.80), ("Nothing here.", 0.40, 0.01)));

        PlaceRanker.Choose(ranked, limit: 3).Select(place => place.Passage.Text).ShouldBe(["The door is blue.", "The gate is red."]);
    }

    [Fact]
    public void Confidence_SurerReaderAndBetterSearch_IsHigher()
    {
        var all = Ranker.Rank(Asked, Read(("One.", 0.80, 0.90), ("Two.", 0.80, 0.20), ("Three.", 0.40, 0.20)));

        var confidences = new[] { "One.", "Two.", "Three." }.Select(text => Ranker.Confidence(Asked, all.Single(place => place.Passage.Text == text))).ToList();

        confidences.ShouldBe(confidences.OrderDescending());
        confidences.ShouldAllBe(confidence => confidence > 0 && confidence < 1);
    }

    [Fact]
    public void Confidence_PassageHasTheDayOfTheQuestion_IsHigherAndWithAnotherDayLower()
    {
        var confidences = new[] { "Ann left on 5 March 2026.", "Ann left early.", "Ann left on 6 March 2026." }
            .Select(text => new Question(Asked.Principal, "What happened on 05.03.26?", [HitAt(0, text, 0.7)], []))
            .Select(asked => Ranker.Confidence(asked, Ranker.Rank(asked, Read((asked.Passages[0].Text, 0.7, 0.3))).Single()))
            .ToList();

        confidences[0].ShouldBeGreaterThan(confidences[1]);
        confidences[1].ShouldBeGreaterThan(confidences[2]);
    }

    private static SearchHit HitAt(int at, string text, double score) =>
        new($"id{at}", Version: 1, Ordinal: 0, Title: "", Path: "a.md", Section: "", Page: null, text, score, KeywordScore: 1, SemanticScore: 0.9);

    private static PassagesRead Read(params (string Text, double Score, double Probability)[] passages) => new(
        [
            .. passages.Select((passage, at) => (
                HitAt(at, passage.Text, passage.Score),
                new ReadPassage(at, passage.Probability, [new ReadSpan(0, 3, 1, IsInContext: false)]))),
        ],
        new AnswerReading("reader", passages.Length, Absent: null));
}
