using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Scheduling;
using RagApp.Embedding.Serving;

namespace RagApp.Embedding.Cache;

/// <summary>
/// Cached vectors. The key is <c>embedding:MODEL:INPUT_TYPE:TENANT:SHA-256 of the text</c>. The tenant is part of the key although
/// the vector is the same for everyone: with a shared entry, one tenant could learn from the response time that another tenant has
/// a document with this text.
/// </summary>
internal sealed class VectorCache(NumbersCache numbers)
{
    /// <summary>The cached vectors in the order of <paramref name="texts"/>; null for each text without one.</summary>
    public Task<float[]?[]> FindAsync(EmbeddingModel model, EmbeddingWork work, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        numbers.FindAsync(ModelWork.Embed, [.. texts.Select(text => KeyOf(model, work, text))], model.Dimension, cancellationToken);

    public Task KeepAsync(
        EmbeddingModel model, EmbeddingWork work, IReadOnlyList<string> texts, IReadOnlyList<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken) =>
        numbers.KeepAsync(texts.Select((text, index) => (KeyOf(model, work, text), vectors[index])), cancellationToken);

    private static string KeyOf(EmbeddingModel model, EmbeddingWork work, string text)
    {
        var type = work.InputType == EmbeddingInputType.Query ? "query" : "passage";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"embedding:{model.Id}:{type}:{work.Tenant}:{hash}";
    }
}
