using System.ClientModel;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Numerics.Tensors;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using OpenAI;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Embedding;
using RagApp.Tests.Gateway;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>The embedding service with the embedded model, over HTTP.</summary>
public sealed class EmbeddingsApiTests : IAsyncLifetime
{
    private const string Model = "multilingual-e5-small-int8";

    private EmbeddingUnderTest _service = null!;

    public async ValueTask InitializeAsync() => _service = await StartAsync(Cancellation, "--Embedding:MaxTexts=8");

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Embed_ReferenceTexts_VectorsOfTheirInputType()
    {
        var texts = ReferenceText.All.Where(reference => !string.IsNullOrWhiteSpace(reference.Text)).ToArray();
        foreach (var reference in texts)
        {
            var type = reference.Kind == "query" ? EmbeddingInputType.Query : EmbeddingInputType.Passage;

            var answer = await _service.Client.EmbedAsync(Alice, new EmbeddingsRequest([reference.Text], Model, type), Cancellation);

            answer.Usage.PromptTokens.ShouldBe(reference.InputIds.Length);
            TensorPrimitives.CosineSimilarity<float>(answer.Data.ShouldHaveSingleItem().Embedding, reference.Embedding).ShouldBeGreaterThan(0.9999f);
        }
    }

    [Fact]
    public async Task Embed_SeveralTexts_InTheirOrderAndAsIfAlone()
    {
        string[] texts = ["a short one", "eine etwas längere Passage über Urlaub", "第三"];

        var together = await _service.Client.EmbedAsync(Alice, new EmbeddingsRequest(texts, Priority: EmbeddingPriority.Bulk), Cancellation);

        together.Model.ShouldBe(Model);
        together.Data.Select(data => data.Index).ShouldBe([0, 1, 2]);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = await _service.Client.EmbedAsync(Alice, new EmbeddingsRequest([texts[i]]), Cancellation);
            alone.Data[0].Embedding.ShouldBe(together.Data[i].Embedding);
        }
    }

    [Fact]
    public async Task Embed_OfficialOpenAIClient_UnderstandsTheAnswer()
    {
        var client = new OpenAIClient(
            new ApiKeyCredential(ServiceSettings.TokenFor(Alice)), new OpenAIClientOptions { Endpoint = new Uri(_service.Address, "v1") })
            .GetEmbeddingClient(Model);

        var theirs = await client.GenerateEmbeddingsAsync(["a passage", "another"], cancellationToken: Cancellation);

        var ours = await _service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["a passage", "another"]), Cancellation);
        theirs.Value.Count.ShouldBe(2);
        theirs.Value[1].ToFloats().ToArray().ShouldBe(ours.Data[1].Embedding);
        theirs.Value.Usage.TotalTokenCount.ShouldBe(ours.Usage.TotalTokens);
    }

    [Theory]
    [InlineData("float")]
    [InlineData("base64")]
    public async Task Embed_EncodingFormat_IsTheOneAskedFor(string format)
    {
        using var http = _service.Http();

        var answer = await http.PostAsync("v1/embeddings", Json($$"""{"input": "one text", "encoding_format": "{{format}}"}"""), Cancellation);

        var body = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
        body["object"]!.GetValue<string>().ShouldBe("list");
        var vector = body["data"]![0]!["embedding"]!;
        if (format == "float")
            vector.AsArray().Count.ShouldBe(384);
        else
            Convert.FromBase64String(vector.GetValue<string>()).Length.ShouldBe(384 * sizeof(float));
    }

    [Theory]
    [InlineData("""{"input": []}""", "empty")]
    [InlineData("""{"model": "multilingual-e5-small-int8"}""", "empty")]
    [InlineData("""{"input": ["fine", " "]}""", "index 1")]
    [InlineData("""{"input": "text", "model": "other"}""", Model)]
    [InlineData("""{"input": "text", "dimensions": 100}""", "384")]
    [InlineData("""{"input": ["1","2","3","4","5","6","7","8","9"]}""", "at most 8")]
    [InlineData("""{"input": [[1, 2, 3]]}""", "$.input")]
    [InlineData("""{"input": "lone \ud800 surrogate"}""", "")]
    [InlineData("""{"input": "text", "input_type": "poem"}""", "$.input_type")]
    [InlineData("""{"input": """, "")]
    public async Task Embed_RequestWrong_IsA400ThatSaysWhat(string body, string said)
    {
        using var http = _service.Http();

        var answer = await http.PostAsync("v1/embeddings", Json(body), Cancellation);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation);
        problem.Detail.ShouldNotBeNull().ShouldContain(said);
    }

    [Fact]
    public async Task Embed_TextOverTheModelsLength_NamesBothNumbersAndTheText()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 600));

        var refusal = await Should.ThrowAsync<ApiException>(
            () => _service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["fine", words]), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        // The 604 tokens are the 600 words, "passage", ":" and the begin and end tokens.
        refusal.Message.ShouldContain("index 1");
        refusal.Message.ShouldContain("604 tokens");
        refusal.Message.ShouldContain("at most 512");
    }

    [Fact]
    public async Task Embed_TextOverTheModelsLengthToBeTruncated_IsItsBeginningAndItsEnd()
    {
        string Text(string begin, string middle, string end) => $"{begin} {string.Join(' ', Enumerable.Repeat("word", 300))} {middle} {string.Join(' ', Enumerable.Repeat("word", 300))} {end}";
        string[] texts = ["short", Text("axolotl", "tapir", "numbat"), Text("axolotl", "quokka", "numbat"), Text("axolotl", "tapir", "pangolin"), Text("quokka", "tapir", "numbat")];

        var answer = await _service.Client.EmbedAsync(Alice, new EmbeddingsRequest(texts, InputType: EmbeddingInputType.Query, Truncate: true), Cancellation);

        answer.Truncated.ShouldBe([1, 2, 3, 4]);
        answer.Usage.PromptTokens.ShouldBeInRange(4 * 500, (4 * 512) + 10);
        var vectors = answer.Data.Select(data => data.Embedding).ToList();
        vectors[2].ShouldBe(vectors[1]); // truncation drops the middle of the text
        vectors[3].ShouldNotBe(vectors[1]);
        vectors[4].ShouldNotBe(vectors[1]);
        (await _service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["short"], Truncate: true), Cancellation)).Truncated.ShouldBeNull();
    }

    [Fact]
    public async Task Models_OfTheEmbeddedOne_AreWhatItsDescriptionSays()
    {
        var models = await _service.Client.GetModelsAsync(Alice, Cancellation);

        models.Data.ShouldHaveSingleItem().ShouldBe(new EmbeddingModel(Model, 384, 512, 0.5) { AnswerSimilarity = 0.93 });
    }

    [Theory]
    [InlineData("POST", "v1/embeddings")]
    [InlineData("GET", "v1/models")]
    public async Task AnyEndpoint_WithoutToken_Is401(string method, string path)
    {
        using var http = _service.Http(signed: false);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = Json("""{"input": "text"}""");

        var answer = await http.SendAsync(request, Cancellation);

        await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, Cancellation);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("ready")]
    public async Task Health_OnceItListens_IsWell(string path)
    {
        using var http = _service.Http(signed: false);
        (await http.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Embed_Done_TokensAndRunsAreMeasured()
    {
        var meters = _service.Services.GetRequiredService<IMeterFactory>();
        using var tokens = new MetricCollector<long>(meters, Telemetry.Name, Telemetry.Metrics.Tokens);
        using var runs = new MetricCollector<double>(meters, Telemetry.Name, Telemetry.Metrics.RunDuration);
        using var depth = new MetricCollector<int>(meters, Telemetry.Name, Telemetry.Metrics.QueueDepth);
        using var calls = new ModelCallMetrics();

        var answer = await _service.Client.EmbedAsync(
            Alice, new EmbeddingsRequest(["one", "two"], InputType: EmbeddingInputType.Query, Priority: EmbeddingPriority.Bulk), Cancellation);

        var counted = tokens.GetMeasurementSnapshot().ShouldHaveSingleItem();
        counted.Value.ShouldBe(answer.Usage.TotalTokens);
        counted.Tags[Telemetry.Tags.InputType].ShouldBe("query");
        counted.Tags[Spans.Tags.Lane].ShouldBe("bulk");
        runs.GetMeasurementSnapshot().Count.ShouldBe(2);
        calls.ProvidersOf("embeddings", answer.Model).ShouldContain("onnxruntime");
        calls.TokensOf("embeddings", answer.Model, "input").ShouldContain(answer.Usage.TotalTokens);
        depth.RecordObservableInstruments();
        depth.GetMeasurementSnapshot().Select(measurement => measurement.Tags[Spans.Tags.Lane]).ShouldBe(["interactive", "bulk"], ignoreOrder: true);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
