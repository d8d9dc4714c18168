namespace RagApp.Models.Pool;

/// <summary>The API that a deployment speaks.</summary>
public enum ModelProvider
{
    /// <summary>OpenAI, and any endpoint with OpenAI's API.</summary>
    OpenAI,

    /// <summary>Azure OpenAI, by its version 1 API.</summary>
    Azure,

    Anthropic,

    /// <summary>Ollama, by its own API.</summary>
    Ollama,

    /// <summary>Cohere's version 2 API, for embeddings and reranking; Jina, Voyage and others have its reranking too.</summary>
    Cohere,

    /// <summary>Hugging Face Text Embeddings Inference, for embeddings and reranking.</summary>
    Tei,
}
