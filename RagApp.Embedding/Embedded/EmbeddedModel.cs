using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Embedded;

/// <summary>The model of one folder. The constructor loads the tokenizer, <see cref="Load"/> the weights.</summary>
internal sealed class EmbeddedModel(ModelFolder folder, ExecutionProvider processor) : ITextRunner, IDisposable
{
    private OnnxTextRunner? _runner;

    public ModelDescription Description => folder.Description;

    public string Folder => Path.GetDirectoryName(folder.OnnxPath)!;

    public ModelWork Work => ModelWork.Embed;

    public ITextTokenizer Tokenizer { get; } = folder.Description.Tokenizer.Type == TokenizerType.WordPiece
        ? WordPieceTokenizer.Load(folder)
        : UnigramTokenizer.Load(folder);

    /// <exception cref="InvalidDataException">The model cannot be loaded, or does not match its description.</exception>
    public void Load()
    {
        _runner = OnnxTextRunner.Load(folder, processor);
        // The first run allocates memory and reads the weights from disk; it happens here so that no request waits for it.
        _runner.Run(Tokenizer.Encode(Description.QueryPrefix + "ready"));
    }

    public float[] Run(long[] tokens) =>
        (_runner ?? throw new InvalidOperationException($"Model '{Description.Id}' is not loaded.")).Run(tokens);

    public void Dispose() => _runner?.Dispose();
}
