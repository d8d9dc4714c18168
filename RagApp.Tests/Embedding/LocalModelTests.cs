using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Embedded;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>A folder with a graph, a WordPiece vocabulary and a description is a model.</summary>
public sealed class LocalModelTests
{
    [Theory]
    [InlineData("mean", true)]
    [InlineData("mean", false)]
    [InlineData("cls", true)]
    public async Task Embed_ModelOfAFolder_VectorIsPooledAsDescribed(string pooling, bool withTypes)
    {
        using var model = new TinyModel(pooling, withTypes);
        await using var service = await StartAsync(Cancellation, $"--Embedding:ModelPath={model.Folder}", "--Embedding:Reader:Path=");

        var models = await service.Client.GetModelsAsync(Alice, Cancellation);
        var answer = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["holiday"]), Cancellation);

        models.Data.ShouldBe([new EmbeddingModel("tiny", TinyModel.Dimension, 16, 0.3)]);
        answer.Usage.PromptTokens.ShouldBe(5); // [CLS] pay holi ##day [SEP]
        var vector = answer.Data.ShouldHaveSingleItem().Embedding;
        (vector[0] / vector[1]).ShouldBe(pooling == "mean" ? (2 + 7 + 5 + 6 + 3) / 5f : 2, 1e-5);
        vector.Sum(x => x * x).ShouldBe(1, 1e-5);
    }

    [Theory]
    [InlineData("Holiday pay!", new long[] { 2, 5, 6, 7, 9, 3 })]
    [InlineData("ÜBER", new long[] { 2, 8, 3 })]
    [InlineData("ho\u0301l\u00ED", new long[] { 2, 5, 3 })]
    [InlineData("中查", new long[] { 2, 10, 11, 3 })]
    [InlineData("unheard pay", new long[] { 2, 1, 7, 3 })]
    [InlineData("[SEP]", new long[] { 2, 13, 12, 14, 3 })]
    [InlineData("", new long[] { 2, 3 })]
    public void Encode_WordPiece_IdsOfTheVocabulary(string text, long[] ids)
    {
        using var model = new TinyModel("mean");

        WordPieceTokenizer.Load(ModelFolder.Open(model.Folder)).Encode(text).ShouldBe(ids);
    }

    [Fact]
    public void Encode_CasedModel_KeepsCapitalsAndAccents()
    {
        using var model = new TinyModel("mean");
        var description = Path.Combine(model.Folder, "model.json");
        File.WriteAllText(description, File.ReadAllText(description).Replace("\"suffixId\": 3", "\"suffixId\": 3, \"lowerCase\": false", StringComparison.Ordinal));

        WordPieceTokenizer.Load(ModelFolder.Open(model.Folder)).Encode("Pay pay").ShouldBe([2, 1, 7, 3]);
    }

    [Fact]
    public void Load_VocabularyWithoutTheMarks_SaysWhichFile()
    {
        using var model = new TinyModel("mean");
        var vocabulary = Path.Combine(model.Folder, "vocab.txt");
        File.WriteAllText(vocabulary, "pay\n");

        Should.Throw<InvalidDataException>(() => WordPieceTokenizer.Load(ModelFolder.Open(model.Folder))).Message.ShouldContain(vocabulary);
    }

    [Fact]
    public async Task Start_CudaWithoutItsPackage_SaysWhatToDo()
    {
        using var model = new TinyModel("mean");
        await using var app = RagApp.Embedding.Program.Build(
            [.. ServiceSettings.Common, $"--Embedding:ModelPath={model.Folder}", "--Embedding:Reader:Path=", "--Embedding:ExecutionProvider=cuda"]);

        var failure = await Should.ThrowAsync<InvalidDataException>(() => app.StartAsync(Cancellation));

        failure.Message.ShouldContain("Embedding:ExecutionProvider is cuda");
        failure.Message.ShouldContain("Microsoft.ML.OnnxRuntime.Gpu");
    }
}
