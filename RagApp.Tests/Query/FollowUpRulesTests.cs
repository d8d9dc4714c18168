using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Search;
using RagApp.Query.Rewriting;
using RagApp.Query.Routing;

namespace RagApp.Tests.Query;

public sealed class FollowUpRulesTests
{
    private static readonly FollowUpRules Rules = new ServiceCollection()
        .AddQuestionRouting().AddSingleton<FollowUpRules>().BuildServiceProvider().GetRequiredService<FollowUpRules>();

    [Theory]
    [InlineData("Who designed the Eiffel Tower?", "When was it built?", "designed eiffel tower: When was it built?")]
    [InlineData("How many days of leave do interns have?", "And in Germany?", "days leave interns: And in Germany?")]
    [InlineData("Which parental benefits exist?", "Since when?", "parental benefits exist: Since when?")]
    [InlineData("Wie hoch ist die Reisekostenpauschale?", "Und seit wann gilt sie?", "reisekostenpauschale: Und seit wann gilt sie?")]
    [InlineData("¿Quién diseñó la torre Eiffel?", "¿Y cuándo se terminó?", "diseñó torre eiffel: ¿Y cuándo se terminó?")]
    [InlineData("Кто построил Эрмитаж?", "А когда его открыли?", "построил эрмитаж: А когда его открыли?")]
    public void Condense_FollowUp_TakesTheSubjectOfTheQuestionBefore(string before, string question, string condensed) =>
        Rules.Condense(question, [Said(before)]).ShouldBe(condensed);

    [Fact]
    public void Condense_FollowUpOfAFollowUp_GoesBackToTheOneThatStandsAlone()
    {
        var condensed = Rules.Condense("Why?", [Said("Is travel insurance paid abroad?"), new(SearchRole.Assistant, "Yes, see the tower."), Said("And in Norway?")]);

        condensed.ShouldNotBeNull().ShouldContain("insurance");
        condensed.ShouldContain("norway");
        condensed.ShouldNotContain("tower");
    }

    [Theory]
    [InlineData("How many days of leave do employees have?")]
    [InlineData("Trello")]
    [InlineData("TR-2024-117")]
    [InlineData("When did the Normandy landings of 1944 and its naval operation under Admiral Ramsay begin in England?")]
    public void Condense_QuestionThatStandsAlone_IsLeftAlone(string question) =>
        Rules.Condense(question, [Said("Who designed the Eiffel Tower?")]).ShouldBeNull();

    [Fact]
    public void Condense_NothingSaidByThePerson_HasNothingToTakeOver() =>
        Rules.Condense("When was it built?", [new(SearchRole.Assistant, "The Eiffel Tower was built.")]).ShouldBeNull();

    private static SearchMessage Said(string text) => new(SearchRole.User, text);
}
