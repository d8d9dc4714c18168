using RagApp.Embedding.Reading;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>A reader's folder that is not as it should be ends the start with a sentence.</summary>
public sealed class ReaderFolderTests : IDisposable
{
    private static readonly string[] Files = ["model.json", "model.onnx", "sentencepiece.model", "reader.json", "reader.onnx", "reader-calibration.json"];

    private readonly TemporaryFolder _folder = new();

    public ReaderFolderTests()
    {
        foreach (var file in Files)
            File.Copy(Path.Combine(ReferenceText.ModelPath, file), Path.Combine(_folder.Path, file));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_AnotherReader_IsServedUnderItsName()
    {
        Change("reader.json", "multilingual-e5-small-reader-1", "another-reader");
        File.Delete(Path.Combine(_folder.Path, "reader-calibration.json"));
        await using var service = await EmbeddingUnderTest.StartAsync(TestContext.Current.CancellationToken, $"--Embedding:Reader:Path={_folder.Path}");

        var read = await service.Reader.ReadAsync(
            EmbeddingUnderTest.Alice, new RagApp.Contracts.Reading.ReadRequest("Who is ready?", [new("", "Bob is ready.")]), TestContext.Current.CancellationToken);

        read.Reader.ShouldBe("another-reader");
    }

    [Theory]
    [InlineData("reader.json")]
    [InlineData("reader.onnx")]
    [InlineData("model.json")]
    [InlineData("sentencepiece.model")]
    public async Task Start_FileMissing_NamesIt(string file)
    {
        File.Delete(Path.Combine(_folder.Path, file));

        await ShouldNotStartAsync($"Embedding:Reader:Path: the folder {_folder.Path} has no {file}.");
    }

    [Theory]
    [InlineData("{", "", "reader.json is not as it should be")]
    [InlineData("\"maxTokens\": 384,", "", "maxTokens")]
    [InlineData("\"maxTokens\": 384", "\"maxTokens\": 150", "reader.json: 'maxTokens' leaves no room for a passage")]
    [InlineData("\"maxSpanTokens\": 40", "\"maxSpanTokens\": 0", "reader.json: 'maxSpanTokens' is at least 1.")]
    [InlineData("\"maxQuestionTokens\": 64", "\"maxQuestionTokens\": 0", "reader.json: 'maxQuestionTokens' is at least 1.")]
    [InlineData("multilingual-e5-small-reader-1", "", "reader.json: 'id' is empty.")]
    [InlineData("\"answerable\": \"answerable\"", "\"answerable\": \"elsewhere\"", "has no output 'elsewhere' but")]
    [InlineData("\"mask\": \"attention_mask\"", "\"mask\": \"elsewhere\"", "has no input 'elsewhere' but")]
    public Task Start_DescriptionWrong_SaysWhat(string part, string replacement, string said)
    {
        Change("reader.json", part, replacement);
        return ShouldNotStartAsync(said);
    }

    [Fact]
    public Task Start_GraphBroken_NamesTheFile()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "reader.onnx"), "no graph");
        return ShouldNotStartAsync($"{Path.Combine(_folder.Path, "reader.onnx")} cannot be loaded");
    }

    [Fact]
    public Task Start_CalibrationOfAnotherReader_SaysHowToWriteItAgain()
    {
        Change("reader-calibration.json", "multilingual-e5-small-reader-1", "another-reader");
        return ShouldNotStartAsync("belongs to reader 'another-reader' and not to 'multilingual-e5-small-reader-1': write it again with the benchmark command 'calibrate'");
    }

    /// <summary>The loader refuses a calibration of another reader; this test is for a shipped reader without any.</summary>
    [Fact]
    public void Open_ShippedReader_HasItsOwnCalibration()
    {
        File.Exists(Path.Combine(ReferenceText.ModelPath, "reader-calibration.json")).ShouldBeTrue();
        var folder = ReaderFolder.Open(ReferenceText.ModelPath);

        folder.Calibration.Reader.ShouldBe(folder.Description.Id);
    }

    private void Change(string file, string part, string replacement)
    {
        var path = Path.Combine(_folder.Path, file);
        var text = File.ReadAllText(path);
        text.ShouldContain(part);
        File.WriteAllText(path, text.Replace(part, replacement, StringComparison.Ordinal));
    }

    private async Task ShouldNotStartAsync(string said)
    {
        await using var app = RagApp.Embedding.Program.Build([.. ServiceSettings.Common, $"--Embedding:Reader:Path={_folder.Path}"]);

        var failure = await Should.ThrowAsync<Exception>(() => app.StartAsync(TestContext.Current.CancellationToken));

        failure.Message.ShouldContain(said);
    }
}
