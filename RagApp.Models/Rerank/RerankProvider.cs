namespace RagApp.Models.Rerank;

/// <summary>Interface of a provider of reranking.</summary>
public enum RerankProvider
{
    /// <summary>Cohere's <c>/v2/rerank</c>.</summary>
    Cohere,

    /// <summary><c>/rerank</c> of Hugging Face Text Embeddings Inference.</summary>
    Tei,
}
