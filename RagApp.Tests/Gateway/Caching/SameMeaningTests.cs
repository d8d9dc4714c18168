using RagApp.Gateway.Answers.Caching;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Gateway.Caching;

/// <summary>Questions with similar vectors that ask for the same, and those that do not.</summary>
public sealed class SameMeaningTests
{
    private static readonly ITextAnalysis Analysis = new TextAnalysis();
    [Theory]
    [InlineData("How long is sick leave paid?", "How long is sick leave paid, please?")]
    [InlineData("How long is sick leave paid?", "How long is the sick leave paid")]
    [InlineData("Wie hoch ist das Reisebudget der Teams?", "Wie hoch ist denn das Reisebudget der Teams?")]
    public void Of_SameQuestionInOtherWords_IsTrue(string one, string other) => IsSame(one, other).ShouldBeTrue();

    [Theory]
    [InlineData("How long is sick leave paid?", "How long is sick leave not paid?")]
    [InlineData("How long is sick leave paid?", "How long is parental leave paid?")]
    [InlineData("How long is sick leave paid?", "When is sick leave paid?")]
    [InlineData("What is the limit for hotels?", "What is the limit for flights?")]
    [InlineData("What is the limit?", "What is the limit for flights?")]
    [InlineData("Do invoices come after expenses?", "Do expenses come after invoices?")]
    [InlineData("Is leave paid?", "Is leave unpaid?")]
    [InlineData("Can I expense a taxi?", "Can't I expense a taxi?")]
    [InlineData("What was the travel budget in 2024?", "What was the travel budget in 2025?")]
    [InlineData("What was the travel budget in March?", "What was the travel budget in May?")]
    [InlineData("What is the budget for 5 people?", "What is the budget for 50 people?")]
    [InlineData("What is the budget for two people?", "What is the budget for three people?")]
    [InlineData("What does error PAY-4021 mean?", "What does error PAY-4022 mean?")]
    [InlineData("Who is the manager of Anna?", "Who is the manager of Berta?")]
    [InlineData("Does Anna report to Berta?", "Does Berta report to Anna?")]
    [InlineData("Which forms are due before the trip?", "Which forms are due after the trip?")]
    [InlineData("What is the latest date for expenses?", "What is the earliest date for expenses?")]
    [InlineData("Is travel from 5 to 7 paid?", "Is travel from 7 to 5 paid?")]
    [InlineData("What is due by 5 March 2026?", "What is due by 5 May 2026?")]
    [InlineData("Wie hoch ist das Reisebudget der Teams?", "What is the travel budget of the teams?")]
    [InlineData("Wer darf das Reisebudget überschreiten?", "Wer darf das Reisebudget nicht überschreiten?")]
    [InlineData("Quel est le budget de voyage ?", "Quel est le budget sans voyage ?")]
    [InlineData("出張の予算はいくらですか", "出張の予算はいくらではないですか")]
    public void Of_QuestionsThatDifferInWhatMatters_IsFalse(string one, string other)
    {
        IsSame(one, other).ShouldBeFalse();
        IsSame(other, one).ShouldBeFalse();
    }

    private static bool IsSame(string one, string other) => SameMeaning.Of(one, other, Analysis);
}
