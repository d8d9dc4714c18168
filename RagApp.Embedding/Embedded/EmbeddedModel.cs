using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Embedded;

/// <summary>The model of one folder: its tokeniser at once, its weights when it is loaded.</summary>
internal sealed class EmbeddedModel(ModelFolder folder) : ITextRunner, IDisposable
{
    private OnnxTextRunner? _runner;

    public ModelDescription Description => folder.Description;

    public string Folder => Path.GetDirectoryName(folder.OnnxPath)!;

    public UnigramTokenizer Tokenizer { get; } = UnigramTokenizer.Load(folder);

    /// <exception cref="InvalidDataException">It cannot be loaded, or does not do what its description says.</exception>
    public void Load()
    {
        _runner = OnnxTextRunner.Load(folder);
        // The first run takes memory and pages the weights in: nobody should wait for that.
        _runner.Run(Tokenizer.Encode(Description.QueryPrefix + "ready"));
    }

    public float[] Run(long[] tokens) =>
        (_runner ?? throw new InvalidOperationException($"Model '{Description.Id}' is not loaded.")).Run(tokens);

    public void Dispose() => _runner?.Dispose();
}
