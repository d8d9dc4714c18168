using RagApp.Embedding.Embedded;
using RagApp.Embedding.Reading;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>The shipped reader, loaded once for the tests of a class.</summary>
public sealed class LoadedReader : IDisposable
{
    public LoadedReader() => Reader.Load();

    internal EmbeddedReader Reader { get; } = new(ReaderFolder.Open(ReferenceText.ModelPath), ExecutionProvider.Cpu);

    public void Dispose() => Reader.Dispose();
}
