using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// Runs a model on ONNX Runtime: one text per run on one thread, any number of runs in parallel on one shared session.
/// Batches would need padding and were measured to be slower. They would also make a vector depend on the other texts of
/// its batch, since activations are quantized per run.
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
        _inputs = model.Inputs.Names;
        _outputs = [model.Output];
    }

    /// <exception cref="InvalidDataException">The graph cannot be loaded or does not match <c>model.json</c>.</exception>
    public static OnnxTextRunner Load(ModelFolder folder, ExecutionProvider processor)
    {
        var session = OnnxSession.Open(folder.OnnxPath, processor);
        try
        {
            var runner = new OnnxTextRunner(folder.Description, session);
            session.Require(folder.OnnxPath, ModelFolder.DescriptionFile, runner._inputs, runner._outputs);
            return runner;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public ModelWork Work => ModelWork.Embed;

    public float[] Run(long[] tokens)
    {
        using var results = _session.Run(_runOptions, _inputs, tokens, _outputs);
        return Pool(results[0].GetTensorDataAsSpan<float>());
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>Reduces the graph's output to one vector of length one.</summary>
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
}
