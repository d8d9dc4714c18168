using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Caching;

/// <summary>
/// Two replicas of the gateway on one Redis and one store, with a model that answers every question alike and counts its calls. The test sets what
/// the search finds: it stands for the asker's rights and the state of the documents.
/// </summary>
internal sealed class CacheScene : IAsyncDisposable
{
    public const string Answer = "Every employee has 30 days of leave [1].";
    public const string Question = "How many days of leave do I get?";

    public static readonly SearchHit Leave = AnswerFixture.Passage("leave", "Every employee has 30 days of leave.", 1);
    public static readonly SearchHit Pay = AnswerFixture.Passage("pay", "Salaries are paid on the 25th.", 0.5);

    private readonly TemporaryFolder _folder = new();
    private StubService _search = null!;
    private StubService _embedding = null!;

    private CacheScene()
    {
    }

    public StubService Model { get; private set; } = null!;

    public GatewayUnderTest One { get; private set; } = null!;

    public GatewayUnderTest Two { get; private set; } = null!;

    public IReadOnlyList<SearchHit> Hits { get; set; } = [Leave, Pay];

    public int Calls => Model.Requests.Count;

    public static async Task<CacheScene> StartAsync(string redis, params string[] settings)
    {
        var scene = new CacheScene();
        scene._search = await StubService.StartAsync(
            context => context.Response.WriteAsJsonAsync(new SearchResponse(scene.Hits, AnswerFixture.Explanation), ContractsJson.Default.SearchResponse), Cancellation);
        scene._embedding = await AnswerFixture.EmbeddingAsync(Cancellation);
        scene.Model = await ScriptedModel.StartAsync(Answer, Cancellation, tokens: 100);
        scene.One = await scene.StartGatewayAsync(redis, settings);
        scene.Two = await scene.StartGatewayAsync(redis, settings);
        return scene;
    }

    public static async Task<AnswerResponse> AskAsync(GatewayUnderTest gateway, AnswerRequest request, string who = GatewayUnderTest.Alice)
    {
        using var client = gateway.Client(who);
        using var response = await client.PostAsJsonAsync("v1/answers", request, ContractsJson.Default.AnswerRequest, Cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.AnswerResponse, Cancellation))!;
    }

    public static Task<AnswerResponse> AskAsync(GatewayUnderTest gateway, string question = Question, string who = GatewayUnderTest.Alice) =>
        AskAsync(gateway, new AnswerRequest(question), who);

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
        await Model.DisposeAsync();
        await _embedding.DisposeAsync();
        await _search.DisposeAsync();
        _folder.Dispose();
    }

    private Task<GatewayUnderTest> StartGatewayAsync(string redis, string[] settings) => GatewayUnderTest.StartAsync(
        Cancellation, search: _search, embedding: _embedding,
        settings:
        [
            $"--ConnectionStrings:redis={redis}", $"--Storage:DataPath={_folder.Path}", $"--Chat:Endpoint={Model.Address}/v1", "--Chat:ApiKey=sk-test",
            "--Chat:Model=test-model", "--Chat:InputPrice=100000", "--Chat:OutputPrice=100000", .. settings,
        ]);
}
