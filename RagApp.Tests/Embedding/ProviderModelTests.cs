using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;
using RagApp.Tests.Gateway;
using RagApp.Tests.TestServices.FakeProvider;
using Shouldly;
using Xunit;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>The service with a provider's model, played by a real server.</summary>
public sealed class ProviderModelTests : IAsyncLifetime
{
    private FakeModelProvider _provider = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _provider = await FakeModelProvider.StartAsync(Stop);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Models_ProviderConfigured_AreTheProviders()
    {
        await using var service = await StartServiceAsync("--Embedding:Provider:FusionWeight=0.2", "--Embedding:Provider:MaxTokens=100");

        var models = await service.Client.GetModelsAsync(Alice, Stop);

        models.Data.ShouldHaveSingleItem().ShouldBe(new EmbeddingModel(FakeModelProvider.EmbeddingModel, FakeModelProvider.Dimension, 100, 0.2));
    }

    [Fact]
    public async Task Embed_MoreThanABatch_SeveralCallsAndOneAnswerInOrder()
    {
        await using var service = await StartServiceAsync("--Embedding:Provider:BatchSize=2", "--Embedding:Provider:QueryPrefix=q: ");

        var answer = await service.Client.EmbedAsync(
            Alice, new EmbeddingsRequest(["a", "bb", "ccc", "dddd", "eeeee"], InputType: EmbeddingInputType.Query), Stop);

        _provider.Requests.Select(request => request["input"]!.AsArray().Count).ShouldBe([2, 2, 1]);
        // The vector's first number tells the length of the prefixed text, before it was made length one.
        answer.Data.Select(data => Math.Round(data.Embedding[0] / data.Embedding[1], 3)).ShouldBe([4, 5, 6, 7, 8]);
        answer.Data.ShouldAllBe(data => Math.Abs(data.Embedding.Sum(x => x * x) - 1) < 1e-5);
        answer.Usage.PromptTokens.ShouldBe(4 + 5 + 6 + 7 + 8);
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.RateLimited), 429)]
    [InlineData(nameof(ProviderBehaviour.WrongKey), 502)]
    [InlineData(nameof(ProviderBehaviour.ContextExceeded), 400)]
    [InlineData(nameof(ProviderBehaviour.Failing), 502)]
    [InlineData(nameof(ProviderBehaviour.Silent), 504)]
    [InlineData(nameof(ProviderBehaviour.Garbage), 502)]
    public async Task Embed_ProviderMisbehaves_IsProblemDetailsWithoutKeyOrText(string behaviour, int status)
    {
        await using var service = await StartServiceAsync($"--Embedding:Provider:Timeout={(status == 504 ? "00:00:01" : "00:01:00")}");
        _provider.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var http = service.Http();

        var answer = await http.PostAsJsonAsync(
            "v1/embeddings", new EmbeddingsRequest(["private words"]), ContractsJson.Default.EmbeddingsRequest, Stop);

        var problem = await answer.ShouldBeProblemAsync((HttpStatusCode)status, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        body.ShouldNotContain(FakeModelProvider.Key);
        body.ShouldNotContain("private words");
        problem.Detail.ShouldNotBeNullOrEmpty();
        problem.RetryAfter.ShouldBe(status == 429 ? 7 : null);
        answer.Headers.RetryAfter?.ToString().ShouldBe(7.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Embed_ConfiguredDimensionWrong_NamesBoth()
    {
        await using var service = await StartServiceAsync("--Embedding:Provider:Dimension=1536");
        using var http = service.Http();

        var answer = await http.PostAsJsonAsync("v1/embeddings", new EmbeddingsRequest(["text"]), ContractsJson.Default.EmbeddingsRequest, Stop);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadGateway, Stop);
        problem.Detail.ShouldNotBeNull().ShouldContain("8 numbers");
        problem.Detail.ShouldContain("1536");
    }

    private Task<EmbeddingUnderTest> StartServiceAsync(params string[] settings) => StartAsync(Stop,
    [
        $"--Embedding:Provider:Endpoint={_provider.Endpoint}",
        $"--Embedding:Provider:ApiKey={FakeModelProvider.Key}",
        $"--Embedding:Provider:Model={FakeModelProvider.EmbeddingModel}",
        $"--Embedding:Provider:Dimension={FakeModelProvider.Dimension}",
        .. settings,
    ]);
}
