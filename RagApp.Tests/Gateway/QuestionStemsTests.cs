using RagApp.Gateway.Answers.Extractive;

namespace RagApp.Tests.Gateway;

public sealed class QuestionStemsTests
{
    private static readonly IReadOnlySet<string>[] Sentences = [Set("leave day pay"), Set("leave ask"), Set("leave")];

    private static readonly QuestionStems Words = new(["leave", "day"], Sentences);

    [Fact]
    public void SharedBy_ARareWord_CountsMoreThanACommonOne() =>
        Words.SharedBy(Set("day")).ShouldBeGreaterThan(Words.SharedBy(Set("leave")));

    [Fact]
    public void SharedBy_SeveralTexts_AddUpToWhatTheyHaveBetweenThem()
    {
        Words.SharedBy(Set("day"), Set("leave day")).ShouldBe(1, tolerance: 1e-9);
        Words.SharedBy(Set("other")).ShouldBe(0);
        new QuestionStems([], Sentences).SharedBy(Set("leave")).ShouldBe(0);
    }

    [Theory]
    [InlineData("leave day", 1)]
    [InlineData("leave x day", 2.0 / 3)]
    [InlineData("leave x x x leave day x", 1)]
    [InlineData("day x leave x x leave day", 1)]
    [InlineData("leave leave", 0)]
    [InlineData("x", 0)]
    public void Closeness_Sentence_IsThatOfTheShortestStretch(string sentence, double expected) =>
        Words.Closeness(sentence.Split(' ')).ShouldBe(expected, tolerance: 1e-9);

    [Theory]
    [InlineData("How many days of leave are there?", "en", true, false)]
    [InlineData("When was the wall built?", "en", false, true)]
    [InlineData("Wie viele Tage sind es?", "de", true, false)]
    [InlineData("In welchem Jahr war das?", "de", false, true)]
    [InlineData("¿Cuántos puntos fueron?", "es", true, false)]
    [InlineData("Сколько очков?", "ru", true, false)]
    [InlineData("Когда это было?", "ru", false, true)]
    [InlineData("防守丢了多少分？", "zh", true, false)]
    [InlineData("متى حدث ذلك؟", "ar", false, true)]
    [InlineData("Qui a écrit ce livre ?", "fr", false, false)]
    [InlineData("Hur många dagar?", "sv", false, false)]
    public void Kind_Question_IsToldByItsWords(string question, string language, bool number, bool time)
    {
        var kind = QuestionKind.Of(question, language);

        kind.WantsNumber.ShouldBe(number);
        kind.WantsTime.ShouldBe(time);
    }

    [Fact]
    public void Kind_NumbersOfTheQuestion_AreNoAnswer()
    {
        var kind = QuestionKind.Of("When in 1973 did the 3 wars end?", "en");

        kind.IsGivenYear(QuestionKind.NumbersIn("It began in 1973.")).ShouldBeFalse();
        kind.IsGivenYear(QuestionKind.NumbersIn("It ended in 1975, not 1973.")).ShouldBeTrue();
        kind.IsGivenNumber(QuestionKind.NumbersIn("There were 3.")).ShouldBeFalse();
        kind.IsGivenNumber(QuestionKind.NumbersIn("On 17 May.")).ShouldBeTrue();
    }

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
