using RagApp.AppHost.Deployment;
using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// An optional model server on GPUs behind the embedding service of a deployment: Text Embeddings Inference with the model
/// <c>Inference:Model</c>, whose vectors have <c>Inference:Dimension</c> numbers. A run has none.
/// </summary>
internal static class InferenceServer
{
    private const int Port = 8080;

    /// <exception cref="DistributedApplicationException">The dimension is missing.</exception>
    public static IResourceBuilder<ProjectResource> WithInference(this IResourceBuilder<ProjectResource> embedding)
    {
        var builder = embedding.ApplicationBuilder;
        if (builder.ExecutionContext.IsRunMode || builder.Configuration["Inference:Model"] is not { Length: > 0 } model)
            return embedding;
        if (builder.Configuration["Inference:Dimension"] is not { Length: > 0 } dimension)
            throw new DistributedApplicationException("Inference:Model needs the number of its vectors' dimensions: give --Inference:Dimension=1024.");

        var server = builder.AddContainer("inference", ContainerImages.Inference, ContainerImages.InferenceTag)
            .WithHttpEndpoint(targetPort: Port)
            .WithArgs("--model-id", model, "--port", $"{Port}")
            .WithEnvironment("HUGGINGFACE_HUB_CACHE", WorkloadNeeds.Scratch)
            .WithDeployment(WorkloadNeeds.Inference);
        return embedding
            .WithEnvironment("Embedding__Provider__Provider", "tei")
            .WithEnvironment("Embedding__Provider__Endpoint", server.GetEndpoint("http"))
            .WithEnvironment("Embedding__Provider__Model", model)
            .WithEnvironment("Embedding__Provider__Dimension", dimension);
    }
}
