
namespace RagApp.Tests.Gateway.Agentic;

/// <summary>Bounds of an agentic answer: rounds, tool calls, tokens, time, and the length of what is found.</summary>
public sealed class AgenticBoundsTests : AgenticServices
{
    [Theory]
    [InlineData("Rounds=2", 2, 1, "rounds")]
    [InlineData("ToolCalls=2", 3, 2, "tool calls")]
    [InlineData("Tokens=4000", 2, 1, "tokens")]
    public async Task Answer_BoundIsReached_IsMadeFromWhatIsThere(string bound, int rounds, int calls, string words)
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"));
        await using var gateway = await StartAsync(model, $"--AgenticSearch:{bound}");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        answer.Summary.Searches!.ShouldSatisfyAllConditions(
            searches => searches.Rounds.ShouldBe(rounds),
            searches => searches.ToolCalls.ShouldBe(calls),
            searches => searches.Bound.ShouldNotBeNull().ShouldContain(words));
        Searches.Count.ShouldBe(calls + 1);
    }

    [Fact]
    public async Task Answer_MoreCallsAtOnceThanAllowed_RunsTheFirstAndAnswers()
    {
        var calls = Enumerable.Range(0, 5).Select(index => ("documents_search", $$"""{"query":"more {{index}}"}""")).ToArray();
        await using var model = await ScriptedRounds.StartAsync(Cancellation, new Round(null, calls), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model, "--AgenticSearch:ToolCalls=2");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        answer.Summary.Searches!.ToolCalls.ShouldBe(2);
        model.ResultsIn(1).Count(result => result.Contains("search is over", StringComparison.Ordinal)).ShouldBe(3);
        Searches.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("--Chat:MaxContextTokens=4096")]
    [InlineData("--AgenticSearch:Tokens=6000")]
    public async Task Answer_FoundPassageIsTooLong_IsLeftOut(string setting)
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search(Long), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model, setting);

        var answer = await AskAsync(gateway);

        model.ResultsIn(1).ShouldHaveSingleItem().ShouldBe("1 more did not fit.\n");
        answer.Summary.LeftOut.ShouldHaveSingleItem().DocumentId.ShouldBe(Carry.DocumentId);
        (answer.Summary.PassagesUsed, answer.Summary.PassagesLeftOut).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Answer_SearchTakesTooLong_IsMadeFromWhatIsThere()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search(Slow));
        await using var gateway = await StartAsync(model, "--AgenticSearch:Time=00:00:01");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        answer.Summary.Searches!.Bound.ShouldNotBeNull().ShouldContain("time");
    }

    [Fact]
    public async Task Answer_ModelCallsToolsOnAndOn_EndsWithoutAnAnswer()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"));
        model.IsDisobedient = true;
        await using var gateway = await StartAsync(model, "--AgenticSearch:Rounds=3");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe("Not found in your documents.");
        model.Requests.Count.ShouldBe(3);
        Searches.Count.ShouldBe(3);
    }
}
