using RagApp.Contracts.Reading;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>The real embedding service with the shipped reader, started once for the tests of a class.</summary>
public sealed class ReadingService : IAsyncLifetime
{
    internal EmbeddingUnderTest Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await EmbeddingUnderTest.StartAsync(TestContext.Current.CancellationToken, "--Embedding:Reader:MaxPassages=4", "--Embedding:Reader:MaxTime=00:01:00");

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    internal Task<ReadResponse> ReadAsync(string question, params string[] texts) => Service.Reader.ReadAsync(
        EmbeddingUnderTest.Alice, new ReadRequest(question, [.. texts.Select(text => new PassageToRead("", text))]), TestContext.Current.CancellationToken);
}
