using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Extractive;

namespace RagApp.Tests.Gateway.Extractive;

/// <summary>A quote is readable alone: each case has the words that answer and the whole quote around them.</summary>
public sealed class StretchTests
{
    private const string Long = "This sentence is here to be long, so long that no other sentence of more than a few words has room in the same quote as this "
        + "one, since a quote takes no more than three hundred characters together and this sentence has nearly all of them for itself alone, from its first word to its last, and that is its one and only purpose.";

    [Theory]
    [InlineData("One is red. Two is blue. Three is green.", "blue", "One is red. Two is blue. Three is green.")] // neighbours
    [InlineData("One is red. " + Long + " Three is green.", "purpose", Long)] // no room
    [InlineData("Meals\n\nThe allowance is 40 euros.", "Meals", "Meals\n\nThe allowance is 40 euros.")] // a heading leads to what follows it
    [InlineData("May I bring a dog?\n\nYes, on Fridays.", "bring a dog", "May I bring a dog?\n\nYes, on Fridays.")] // so does a question
    [InlineData("You need:\n- a badge\n- a desk\n- a chair\n\nAsk for more.", "a desk", "You need:\n- a badge\n- a desk\n- a chair")] // a list
    [InlineData("2015 | 2016\nSales | 10 | 20\nCost | 30 | 40", "40", "2015 | 2016\nCost | 30 | 40")] // a row below its names
    public void Around_Words_QuotesThemWithWhatMakesThemReadable(string text, string words, string expected)
    {
        var at = text.IndexOf(words, StringComparison.Ordinal);

        var quote = Stretch.Around(Passage(text), QuotableSentences.Of(text), new ReadSpan(at, at + words.Length, 1, IsInContext: false));

        quote.Text.ShouldBe(expected);
        quote.Text[quote.Answer!.Start..quote.Answer.End].ShouldBe(words);
    }

    [Fact]
    public void Around_WordsOfTheTitle_QuotesTheTitleAboveTheBeginning()
    {
        var passage = Passage("It was given in Amsterdam. Many came.") with { Title = "Speech by Ann Lee" };

        var quote = Stretch.Around(passage, QuotableSentences.Of(passage.Text), new ReadSpan(10, 17, 1, IsInContext: true));

        quote.Text.ShouldBe("Speech by Ann Lee\nIt was given in Amsterdam. Many came.");
        quote.Text[quote.Answer!.Start..quote.Answer.End].ShouldBe("Ann Lee");
    }

    [Fact]
    public void Around_WordsOfTheHeadingOfAList_QuotesAllItems()
    {
        var passage = Passage("- a badge\n- a desk\n- a chair\n\nAsk for more.") with { Section = "What new people get" };

        var quote = Stretch.Around(passage, QuotableSentences.Of(passage.Text), new ReadSpan(0, 4, 1, IsInContext: true));

        quote.Words.ShouldBe("- a badge\n- a desk\n- a chair");
        quote.Above.ShouldNotBeNull().ShouldContain("What new people get");
    }

    [Fact]
    public void Around_AnyPassageAndSpan_AnswerLiesInTheQuote() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.String["ab .?!|\n-1"], CsCheck.Gen.Int[0, 60], CsCheck.Gen.Int[1, 20]),
        sample =>
        {
            var (text, start, length) = sample;
            start = Math.Min(start, text.Length);
            var end = Math.Min(text.Length, start + length);

            var quote = Stretch.Around(Passage(text), QuotableSentences.Of(text), new ReadSpan(start, end, 1, IsInContext: false));

            if (quote.Answer is { } answer)
            {
                answer.Start.ShouldBeInRange(0, quote.Text.Length);
                answer.End.ShouldBeInRange(answer.Start, quote.Text.Length);
            }
        });

    private static SearchHit Passage(string text) => new(
        "id", Version: 1, Ordinal: 0, Title: "", Path: "a.md", Section: "", Page: null, text, Score: 1, KeywordScore: 1, SemanticScore: 0.9);
}
