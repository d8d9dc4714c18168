namespace RagApp.Models.Embeddings;

/// <summary>Interface of an embedding provider.</summary>
public enum EmbeddingProviderKind
{
    /// <summary>OpenAI's <c>/embeddings</c>, which Azure OpenAI, vLLM, LM Studio and many others have too.</summary>
    OpenAI,

    /// <summary>Cohere's <c>/v2/embed</c>.</summary>
    Cohere,

    /// <summary><c>/embed</c> of Hugging Face Text Embeddings Inference.</summary>
    Tei,

    /// <summary>Ollama's <c>/api/embed</c>.</summary>
    Ollama,
}
