using Microsoft.ML.OnnxRuntime;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Reading;

/// <summary>The reader of one folder. The constructor loads the tokenizer, <see cref="Load"/> the weights.</summary>
internal sealed class EmbeddedReader(ReaderFolder folder, ExecutionProvider processor) : ITextRunner, IDisposable
{
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs = folder.Description.Inputs.Names;
    private readonly string[] _outputs = [folder.Description.Outputs.Start, folder.Description.Outputs.End, folder.Description.Outputs.Answerable];
    private readonly UnigramTokenizer _tokenizer = UnigramTokenizer.Load(folder.Embedding);
    private InferenceSession? _session;

    public ModelWork Work => ModelWork.Read;

    public ReaderDescription Description => folder.Description;

    public ReaderCalibration Calibration => folder.Calibration;

    public string Folder => Path.GetDirectoryName(folder.OnnxPath)!;

    /// <exception cref="InvalidDataException">The graph cannot be loaded, or does not match its description.</exception>
    public void Load()
    {
        _session = OnnxSession.Open(folder.OnnxPath, processor);
        _session.Require(folder.OnnxPath, ReaderFolder.DescriptionFile, _inputs, _outputs);
        // The first run allocates memory and reads the weights from disk; it happens here so that no request waits for it.
        Run(Windows("Who is ready?", "", "Everybody is ready at nine.")[0].Tokens);
    }

    public IReadOnlyList<PassageWindow> Windows(string question, string context, string text) =>
        PassageWindows.Of(Description, _tokenizer, question, context, text);

    /// <summary>The logits of the answer's first token, of its last token and of "answerable", one after the other: 2 × tokens + 1 numbers.</summary>
    public float[] Run(long[] tokens)
    {
        var session = _session ?? throw new InvalidOperationException($"Reader '{Description.Id}' is not loaded.");
        using var results = session.Run(_runOptions, _inputs, tokens, _outputs);
        return [.. results[0].GetTensorDataAsSpan<float>(), .. results[1].GetTensorDataAsSpan<float>(), .. results[2].GetTensorDataAsSpan<float>()];
    }

    public WindowReading Interpret(PassageWindow window, float[] output) => WindowReading.Of(window, output, Description.MaxSpanTokens);

    public void Dispose()
    {
        _runOptions.Dispose();
        _session?.Dispose();
    }
}
