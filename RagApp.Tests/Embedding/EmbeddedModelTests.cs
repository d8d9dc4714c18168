using System.Numerics.Tensors;
using RagApp.Embedding.Embedded;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Embedding;

public sealed class EmbeddedModelTests
{
    [Fact]
    public void Run_ReferenceTexts_VectorsAreTheReferences()
    {
        var folder = ModelFolder.Open(ReferenceText.ModelPath);
        var tokenizer = UnigramTokenizer.Load(folder);
        using var runner = OnnxTextRunner.Load(folder, ExecutionProvider.Cpu);

        foreach (var reference in ReferenceText.All)
        {
            var vector = runner.Run(tokenizer.Encode(reference.Prefixed));

            vector.Length.ShouldBe(384);
            TensorPrimitives.Norm<float>(vector).ShouldBe(1f, 1e-4f);
            TensorPrimitives.CosineSimilarity<float>(vector, reference.Embedding).ShouldBeGreaterThan(0.9999f, reference.Text);
        }
    }

    [Fact]
    public void Run_SideBySide_VectorsAreTheSame()
    {
        var folder = ModelFolder.Open(ReferenceText.ModelPath);
        using var runner = OnnxTextRunner.Load(folder, ExecutionProvider.Cpu);
        var alone = ReferenceText.All.Select(reference => runner.Run(reference.InputIds)).ToArray();

        Parallel.For(0, 4 * alone.Length, i =>
            runner.Run(ReferenceText.All[i % alone.Length].InputIds).ShouldBe(alone[i % alone.Length]));
    }

    [Theory]
    [InlineData("mean", false, new[] { 0.6f, 0.8f })]
    [InlineData("cls", true, new[] { 0f, 1f })]
    [InlineData("cls", false, new[] { 0f, 1f })]
    public void Pool_OutputPerToken_IsAsTheDescriptionSays(string pooling, bool normalized, float[] expected)
    {
        using var folder = new TemporaryFolder();
        using var runner = OnnxTextRunner.Load(Dropped(folder, json => json
            .Replace("\"in-graph\"", $"\"{pooling}\"", StringComparison.Ordinal)
            .Replace("\"normalized\": true", $"\"normalized\": {(normalized ? "true" : "false")}", StringComparison.Ordinal)
            .Replace("\"dimension\": 384", "\"dimension\": 2", StringComparison.Ordinal)), ExecutionProvider.Cpu);

        runner.Pool([0f, 1f, 6f, 7f]).ShouldBe(expected, tolerance: 1e-6);
    }

    [Theory]
    [InlineData("model.json")]
    [InlineData("model.onnx")]
    [InlineData("sentencepiece.model")]
    public void Open_FileMissing_NamesIt(string file)
    {
        using var folder = new TemporaryFolder();
        Dropped(folder, json => json);
        File.Delete(Path.Combine(folder.Path, file));

        Should.Throw<InvalidDataException>(() => ModelFolder.Open(folder.Path)).Message.ShouldContain(file);
    }

    [Theory]
    [InlineData("\"dimension\": 384,", "", "dimension")]
    [InlineData("sentencepiece-unigram", "bpe", "tokenizer.type")]
    [InlineData("\"maxTokens\": 512", "\"maxTokens\": 1", "maxTokens")]
    [InlineData("{", "", "model.json")]
    public void Open_DescriptionWrong_SaysWhat(string part, string replacement, string said)
    {
        using var folder = new TemporaryFolder();

        Should.Throw<InvalidDataException>(() => Dropped(folder, json => json.Replace(part, replacement, StringComparison.Ordinal)))
            .Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("input_ids")]
    [InlineData("attention_mask")]
    public void Load_GraphHasNoSuchName_NamesIt(string name)
    {
        using var folder = new TemporaryFolder();
        var dropped = Dropped(folder, json => json.Replace($"\"{name}\"", "\"else\"", StringComparison.Ordinal));

        Should.Throw<InvalidDataException>(() => OnnxTextRunner.Load(dropped, ExecutionProvider.Cpu)).Message.ShouldContain("'else'");
    }

    [Fact]
    public void Load_GraphBroken_SaysWhichFile()
    {
        using var folder = new TemporaryFolder();
        var dropped = Dropped(folder, json => json);
        File.Delete(dropped.OnnxPath);
        File.WriteAllText(dropped.OnnxPath, "no graph");

        Should.Throw<InvalidDataException>(() => OnnxTextRunner.Load(dropped, ExecutionProvider.Cpu)).Message.ShouldContain(dropped.OnnxPath);
    }

    [Fact]
    public async Task Start_ModelPathWrong_StopsWithTheSettingsName()
    {
        await using var app = RagApp.Embedding.Program.Build([.. ServiceSettings.Common, "--Embedding:ModelPath=/no/such/folder"]);

        var failure = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => app.StartAsync(TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("Embedding:ModelPath: the folder /no/such/folder does not exist.");
    }

    [Fact]
    public async Task Start_GraphBroken_StopsWithTheFilesName()
    {
        using var folder = new TemporaryFolder();
        var dropped = Dropped(folder, json => json);
        File.Delete(dropped.OnnxPath);
        File.WriteAllText(dropped.OnnxPath, "no graph");
        await using var app = RagApp.Embedding.Program.Build([.. ServiceSettings.Common, $"--Embedding:ModelPath={folder.Path}"]);

        var failure = await Should.ThrowAsync<InvalidDataException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        failure.Message.ShouldContain(dropped.OnnxPath);
    }

    /// <summary>Creates a model folder with the shipped files and a changed description.</summary>
    private static ModelFolder Dropped(TemporaryFolder folder, Func<string, string> change)
    {
        foreach (var file in (string[])["model.onnx", "sentencepiece.model"])
            File.CreateSymbolicLink(Path.Combine(folder.Path, file), Path.Combine(ReferenceText.ModelPath, file));
        var description = File.ReadAllText(Path.Combine(ReferenceText.ModelPath, "model.json"));
        File.WriteAllText(Path.Combine(folder.Path, "model.json"), change(description));
        return ModelFolder.Open(folder.Path);
    }
}
