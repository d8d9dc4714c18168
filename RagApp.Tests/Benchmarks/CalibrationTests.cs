using RagApp.Benchmarks.Answers;
using RagApp.Benchmarks.Calibration;

namespace RagApp.Tests.Benchmarks;

public sealed class CalibrationTests
{
    /// <summary>Examples whose probabilities follow known weights, so that the fit must find these again.</summary>
    [Fact]
    public void Over_ExamplesOfKnownWeights_FindsThem()
    {
        var truth = new LogisticFit([0.5, 0.3, -1.2]);
        var random = new Random(7);
        List<JudgedSpan>[] sets = [Draw(truth, random, 4000), Draw(truth, random, 1000)];

        var fit = LogisticFit.Over(sets);

        for (var i = 0; i < 3; i++)
            fit.Weights[i].ShouldBe(truth.Weights[i], 0.1);
        fit.LogLoss(sets[0]).ShouldBeLessThan(new LogisticFit([0, 0, 0]).LogLoss(sets[0]));
    }

    [Fact]
    public void WithOwnOffset_SetThatIsRightMoreOften_HasAHigherOffset()
    {
        var examples = Draw(new LogisticFit([0.5, 0.3, 1]), new Random(7), 4000);

        new LogisticFit([0.5, 0.3, -1]).WithOwnOffset(examples).Weights[2].ShouldBe(1, 0.15);
    }

    [Theory]
    [InlineData("in October 1973", "October 1973", true)]
    [InlineData("1973", "October 1973", true)]
    [InlineData("the October", "1973", false)]
    [InlineData("the", "the October", false)]
    public void IsAnswer_WordsAndAnswer_OneContainsTheOther(string words, string answer, bool expected) =>
        Containment.IsAnswer(words, [answer]).ShouldBe(expected);

    /// <summary>A set without titles loses the questions that have the id of a question about a left-out document.</summary>
    [Fact]
    public void ReadAll_TitlesLeftOut_QuestionsAreGoneInEverySetOfTheFolder()
    {
        Assert.SkipUnless(Repository.Corpus is not null, "The development corpus is not beside the checkout.");
        var data = Path.Combine(Repository.Corpus!, "retrieval");
        var all = AnswerSet.ReadAll(data, "squad,xquad-de", leftOut: null);

        var some = AnswerSet.ReadAll(data, "squad,xquad-de", "Normans,Sky (United Kingdom)");

        some.Select(set => set.Set.Documents.Count).ShouldBe(all.Select(set => set.Set.Documents.Count));
        for (var i = 0; i < all.Count; i++)
            some[i].Set.Questions.Count.ShouldBeInRange(all[i].Set.Questions.Count / 2, all[i].Set.Questions.Count - 1);
        some[0].Unanswerable.Count.ShouldBeLessThan(all[0].Unanswerable.Count);
        Should.Throw<RagApp.Benchmarks.UsageException>(() => AnswerSet.ReadAll(data, names: null, "No such title")).Message.ShouldContain("No such title");
    }

    private static List<JudgedSpan> Draw(LogisticFit truth, Random random, int count)
    {
        var examples = new List<JudgedSpan>();
        for (var i = 0; i < count; i++)
        {
            var example = new JudgedSpan(i, (random.NextDouble() * 8) - 4, (random.NextDouble() * 12) - 6, IsRight: false);
            examples.Add(example with { IsRight = random.NextDouble() < truth.Probability(example) });
        }
        return examples;
    }
}
