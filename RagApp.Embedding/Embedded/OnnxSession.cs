using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace RagApp.Embedding.Embedded;

/// <summary>Opens graphs for runs of one text on one thread each; any number of runs share one session.</summary>
internal static class OnnxSession
{
    /// <exception cref="InvalidDataException">The graph cannot be loaded.</exception>
    public static InferenceSession Open(string path, ExecutionProvider processor)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            // Texts differ in length: a memory pattern that was planned for one input shape does not fit the next.
            EnableMemoryPattern = false,
        };
        if (processor == ExecutionProvider.Cuda)
            UseCuda(options);
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"{path} cannot be loaded: {exception.Message}", exception);
        }
    }

    /// <summary>Runs the graph on one text of which every token counts. The inputs use the memory of <paramref name="tokens"/>.</summary>
    /// <param name="inputs">Names of the inputs for token ids, attention mask and, if there is a third, token types.</param>
    public static IDisposableReadOnlyCollection<OrtValue> Run(
        this InferenceSession session, RunOptions options, IReadOnlyCollection<string> inputs, long[] tokens, IReadOnlyCollection<string> outputs)
    {
        var mask = new long[tokens.Length];
        Array.Fill(mask, 1);
        long[] shape = [1, tokens.Length];
        using var idsValue = OrtValue.CreateTensorValueFromMemory(tokens, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        if (inputs.Count < 3)
            return session.Run(options, inputs, [idsValue, maskValue], outputs);
        using var typesValue = OrtValue.CreateTensorValueFromMemory(new long[tokens.Length], shape);
        return session.Run(options, inputs, [idsValue, maskValue, typesValue], outputs);
    }

    /// <summary>Throws when the graph lacks an input or output that its description names.</summary>
    /// <exception cref="InvalidDataException">The graph does not match <paramref name="description"/>.</exception>
    public static void Require(this InferenceSession session, string path, string description, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        foreach (var name in inputs)
            RequireName(path, description, "input", name, session.InputNames);
        foreach (var name in outputs)
            RequireName(path, description, "output", name, session.OutputNames);
    }

    /// <exception cref="InvalidDataException">This program has no ONNX Runtime for CUDA, or there is no such processor.</exception>
    private static void UseCuda(SessionOptions options)
    {
        const string Setting = $"{EmbeddedModelOptions.Section}:{nameof(EmbeddedModelOptions.ExecutionProvider)}";
        if (!OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider", StringComparer.Ordinal))
        {
            throw new InvalidDataException(
                $"{Setting} is cuda, but this program has the ONNX Runtime without CUDA: build it with the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, or leave the setting out.");
        }
        try
        {
            options.AppendExecutionProvider_CUDA(0);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"{Setting} is cuda, but CUDA cannot be used here: {exception.Message}", exception);
        }
    }

    private static void RequireName(string path, string description, string kind, string name, IReadOnlyList<string> names)
    {
        if (!names.Contains(name, StringComparer.Ordinal))
            throw new InvalidDataException($"{path} has no {kind} '{name}' but {string.Join(", ", names)}; see {description}.");
    }
}
