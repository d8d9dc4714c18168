namespace RagApp.AppHost;

/// <summary>Names and versions of the container images that the application does not build itself.</summary>
internal static class ContainerImages
{
    public const string RedisTag = "8.6";
    public const string QdrantTag = "v1.18.2";
    public const string Unstructured = "downloads.unstructured.io/unstructured-io/unstructured-api";
    public const string UnstructuredTag = "0.0.80";
    public const string Inference = "ghcr.io/huggingface/text-embeddings-inference";
    public const string InferenceTag = "1.8";
}
