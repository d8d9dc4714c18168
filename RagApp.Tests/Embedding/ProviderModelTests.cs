using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Tests.Gateway;
using RagApp.Tests.TestServices.FakeProvider;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>The embedding service with a provider's model; a real HTTP server plays the provider.</summary>
public sealed class ProviderModelTests : IAsyncLifetime
{
    private FakeModelProvider _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await FakeModelProvider.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Models_ProviderConfigured_IsTheFirstAndTheEmbeddedOneStays()
    {
        await using var service = await StartServiceAsync("--Embedding:Provider:FusionWeight=0.2", "--Embedding:Provider:MaxTokens=100");

        var models = await service.Client.GetModelsAsync(Alice, Cancellation);

        models.Data.Select(model => model.Id).ShouldBe([FakeModelProvider.EmbeddingModel, "multilingual-e5-small-int8"]);
        models.Data[0].ShouldBe(new EmbeddingModel(FakeModelProvider.EmbeddingModel, FakeModelProvider.Dimension, 100, 0.2));
    }

    [Fact]
    public async Task Embed_EitherModelByName_VectorsAreOfThatModel()
    {
        await using var service = await StartServiceAsync();

        var theirs = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"]), Cancellation);
        var ours = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"], "multilingual-e5-small-int8"), Cancellation);

        (theirs.Model, theirs.Data[0].Embedding.Length).ShouldBe((FakeModelProvider.EmbeddingModel, FakeModelProvider.Dimension));
        (ours.Model, ours.Data[0].Embedding.Length).ShouldBe(("multilingual-e5-small-int8", 384));
        _provider.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Models_FurtherProvider_IsServedBesideAndTheDefaultStays()
    {
        await using var service = await StartAsync(Cancellation,
            $"--Embedding:Providers:0:Endpoint={_provider.Endpoint}", $"--Embedding:Providers:0:ApiKey={FakeModelProvider.Key}",
            $"--Embedding:Providers:0:Model={FakeModelProvider.EmbeddingModel}", $"--Embedding:Providers:0:Dimension={FakeModelProvider.Dimension}");

        var models = await service.Client.GetModelsAsync(Alice, Cancellation);
        var answer = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"], FakeModelProvider.EmbeddingModel), Cancellation);
        var refusal = await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"], "other"), Cancellation));

        models.Data.Select(model => model.Id).ShouldBe(["multilingual-e5-small-int8", FakeModelProvider.EmbeddingModel]);
        answer.Model.ShouldBe(FakeModelProvider.EmbeddingModel);
        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        refusal.Message.ShouldContain($"served here: 'multilingual-e5-small-int8', '{FakeModelProvider.EmbeddingModel}'");
    }

    [Fact]
    public async Task Start_FurtherProviderWithoutADimension_NamesTheSetting()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(StartAsync(Cancellation,
            $"--Embedding:Providers:0:Endpoint={_provider.Endpoint}", $"--Embedding:Providers:0:Model={FakeModelProvider.EmbeddingModel}"));

        failure.Message.ShouldContain("Embedding:Providers:0");
        failure.Message.ShouldContain("Dimension");
    }

    [Fact]
    public async Task Start_TwoModelsOfOneName_SaysSo()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(StartServiceAsync("--Embedding:Provider:Model=multilingual-e5-small-int8"));

        failure.Message.ShouldStartWith("Two embedding models are called 'multilingual-e5-small-int8'");
    }

    [Fact]
    public async Task Embed_MoreThanABatch_SeveralCallsAndOneAnswerInOrder()
    {
        await using var service = await StartServiceAsync("--Embedding:Provider:BatchSize=2", "--Embedding:Provider:Calls=1", "--Embedding:Provider:QueryPrefix=q: ");

        var answer = await service.Client.EmbedAsync(
            Alice, new EmbeddingsRequest(["a", "bb", "ccc", "dddd", "eeeee"], InputType: EmbeddingInputType.Query), Cancellation);

        _provider.Requests.Select(request => request["input"]!.AsArray().Count).ShouldBe([2, 2, 1]);
        // The vector is normalised, so the ratio of its first two numbers gives the length of the prefixed text.
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
            "v1/embeddings", new EmbeddingsRequest(["private words"]), ContractsJson.Default.EmbeddingsRequest, Cancellation);

        var problem = await answer.ShouldBeProblemAsync((HttpStatusCode)status, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
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

        var answer = await http.PostAsJsonAsync("v1/embeddings", new EmbeddingsRequest(["text"]), ContractsJson.Default.EmbeddingsRequest, Cancellation);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadGateway, Cancellation);
        problem.Detail.ShouldNotBeNull().ShouldContain("8 numbers");
        problem.Detail.ShouldContain("1536");
    }

    private Task<EmbeddingUnderTest> StartServiceAsync(params string[] settings) => StartAsync(Cancellation,
    [
        $"--Embedding:Provider:Endpoint={_provider.Endpoint}",
        $"--Embedding:Provider:ApiKey={FakeModelProvider.Key}",
        $"--Embedding:Provider:Model={FakeModelProvider.EmbeddingModel}",
        $"--Embedding:Provider:Dimension={FakeModelProvider.Dimension}",
        "--Models:Pool:InteractiveWait=00:00:00",
        .. settings,
    ]);
}
