namespace RagApp.Embedding.Embedded;

/// <summary>Processor on which ONNX Runtime runs the models.</summary>
public enum ExecutionProvider
{
    Cpu,

    /// <summary>A graphics processor of NVIDIA; needs the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime.</summary>
    Cuda,
}
