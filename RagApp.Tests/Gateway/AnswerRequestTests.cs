using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>Fields of an answer request that the gateway passes to the query router, and questions that the router answers itself.</summary>
public sealed class AnswerRequestTests
{
    private SearchRequest? _searched;

    [Fact]
    public async Task Answer_WithFiltersAndHistory_SearchesWithThem()
    {
        await using var search = await SearchAsync(reply: null);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search);

        await AskAsync(gateway, new AnswerRequest("And in 2025?", Top: 3)
        {
            Filters = new SearchFilters { Types = ["pdf"] },
            History = [new SearchMessage(SearchRole.User, "How much leave was there in 2024?"), new SearchMessage(SearchRole.Assistant, "30 days.")],
        });

        var searched = _searched.ShouldNotBeNull();
        searched.Query.ShouldBe("And in 2025?");
        searched.Top.ShouldBe(3);
        searched.Filters.ShouldNotBeNull().Types.ShouldBe(["pdf"]);
        searched.History.ShouldNotBeNull().Select(message => message.Role).ShouldBe([SearchRole.User, SearchRole.Assistant]);
    }

    [Theory]
    [InlineData(SearchRoute.SmallTalk, true)]
    [InlineData(SearchRoute.OutOfScope, false)]
    public async Task Answer_RouterReplies_IsTheReplyAndAsksNoModel(SearchRoute route, bool found)
    {
        await using var search = await SearchAsync("Hello! Ask me about your documents.", route);
        await using var provider = await StubService.StartAsync(_ => Task.CompletedTask, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(
            Cancellation, search: search, settings: [$"--Chat:Endpoint={provider.Address}/v1", "--Chat:Model=test-model"]);

        var answer = await AskAsync(gateway, new AnswerRequest("hi"));

        answer.Text.ShouldBe("Hello! Ask me about your documents.");
        answer.Citations.ShouldBeEmpty();
        answer.Summary.Answerer.ShouldBe("router");
        answer.Summary.Model.ShouldBeNull();
        answer.Summary.Found.ShouldBe(found);
        provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "model-a, model-b")]
    [InlineData(false, "none is configured")]
    public async Task Answer_ByAModelThatIsNotConfigured_Is400BeforeAnythingIsSearched(bool hasModels, string words)
    {
        await using var search = await SearchAsync(reply: null);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search, settings: hasModels
            ? ["--Chat:ApiKey=sk-test", "--Chat:Model=model-a", "--Chat:Others:0:Model=model-b"]
            : []);
        using var client = gateway.Client();

        using var response = await client.PostAsJsonAsync(
            "v1/answers", new AnswerRequest("When?") { Model = "model-c" }, ContractsJson.Default.AnswerRequest, Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain(words);
        search.Requests.ShouldBeEmpty();
    }

    private Task<StubService> SearchAsync(string? reply, SearchRoute route = SearchRoute.Question) => StubService.StartAsync(async context =>
    {
        _searched = await context.Request.ReadFromJsonAsync(ContractsJson.Default.SearchRequest);
        await context.Response.WriteAsJsonAsync(
            new SearchResponse([], new SearchExplanation(SearchMode.Hybrid, "test", 0, 0, 0.5) { Route = route }) { Reply = reply },
            ContractsJson.Default.SearchResponse);
    }, Cancellation);

    private static async Task<AnswerResponse> AskAsync(GatewayUnderTest gateway, AnswerRequest request)
    {
        using var client = gateway.Client();
        using var response = await client.PostAsJsonAsync("v1/answers", request, ContractsJson.Default.AnswerRequest, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.AnswerResponse, Cancellation))!;
    }
}
