using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using RagApp.Embedding.Scheduling;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// The model on ONNX Runtime: one text per run on one thread, any number of runs side by side on one shared session.
/// Batches would need padding, were measured to be slower, and make a vector depend on its neighbours, since
/// activations are quantized per run.
/// </summary>
internal sealed class OnnxTextRunner : ITextRunner, IDisposable
{
    private readonly ModelDescription _model;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    private OnnxTextRunner(ModelDescription model, InferenceSession session)
    {
        _model = model;
        _session = session;
        _inputs = [model.Inputs.Ids, model.Inputs.Mask];
        _outputs = [model.Output];
    }

    /// <exception cref="InvalidDataException">The graph cannot be loaded or is not as <c>model.json</c> says.</exception>
    public static OnnxTextRunner Load(ModelFolder folder)
    {
        var session = Open(folder.OnnxPath);
        try
        {
            var model = folder.Description;
            RequireName(folder, "input", model.Inputs.Ids, session.InputNames);
            RequireName(folder, "input", model.Inputs.Mask, session.InputNames);
            RequireName(folder, "output", model.Output, session.OutputNames);
            return new OnnxTextRunner(model, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public float[] Run(long[] tokens)
    {
        var mask = new long[tokens.Length];
        Array.Fill(mask, 1);
        long[] shape = [1, tokens.Length];
        using var idsValue = OrtValue.CreateTensorValueFromMemory(tokens, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var results = _session.Run(_runOptions, _inputs, [idsValue, maskValue], _outputs);
        return Pool(results[0].GetTensorDataAsSpan<float>());
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>One vector of length one from the graph's output.</summary>
    internal float[] Pool(ReadOnlySpan<float> output)
    {
        var dimension = _model.Dimension;
        if (output.Length < dimension || output.Length % dimension != 0 || (_model.Pooling == Pooling.InGraph && output.Length != dimension))
            throw new InvalidDataException($"The model gave {output.Length} numbers; model.json says vectors of {dimension}.");

        var vector = output[..dimension].ToArray();
        if (_model.Pooling == Pooling.Mean)
        {
            for (var at = dimension; at < output.Length; at += dimension)
                TensorPrimitives.Add(vector, output.Slice(at, dimension), vector);
        }
        if (!_model.Normalized || _model.Pooling == Pooling.Mean)
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private static InferenceSession Open(string path)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            // Every text has its own length: memory laid out for one shape is of no use to the next.
            EnableMemoryPattern = false,
        };
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"{path} cannot be loaded: {exception.Message}", exception);
        }
    }

    private static void RequireName(ModelFolder folder, string kind, string name, IReadOnlyList<string> names)
    {
        if (!names.Contains(name, StringComparer.Ordinal))
            throw new InvalidDataException($"{folder.OnnxPath} has no {kind} '{name}' but {string.Join(", ", names)}; see model.json.");
    }
}
