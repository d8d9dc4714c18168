using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents.Contents;

internal sealed class ContentStore(IBlobStore blobs) : IContentStore
{
    public Task WriteAsync(VersionId version, DocumentContent content, CancellationToken cancellationToken) =>
        PutAsync(DocumentKeys.Content(version), SealedJson.Write(content, DocumentsJson.Plain.DocumentContent), cancellationToken);

    public async Task<DocumentContent?> ReadAsync(VersionId version, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Content(version);
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        return blob is null ? null : await SealedJson.ReadAsync(key, blob, DocumentsJson.Plain.DocumentContent, cancellationToken);
    }

    public async Task WriteVectorsAsync(VersionId version, DocumentVectors vectors, CancellationToken cancellationToken) =>
        await PutAsync(DocumentKeys.Vectors(version, vectors.Model), new MemoryStream(VectorFile.Write(vectors)), cancellationToken);

    public async Task<DocumentVectors?> ReadVectorsAsync(
        VersionId version, string model, CancellationToken cancellationToken)
    {
        if (await ReadVectorsAsync(DocumentKeys.Vectors(version, model), cancellationToken) is { } vectors)
            return vectors;
        var unnamed = await ReadVectorsAsync(DocumentKeys.VectorsUnnamed(version), cancellationToken);
        return unnamed?.Model == model ? unnamed : null;
    }

    public async Task DeleteVectorsAsync(VersionId version, string model, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(DocumentKeys.Vectors(version, model), cancellationToken);
        var unnamed = DocumentKeys.VectorsUnnamed(version);
        if ((await ReadVectorsAsync(unnamed, cancellationToken))?.Model == model)
            await blobs.DeleteAsync(unnamed, cancellationToken);
    }

    public async Task DeleteAsync(VersionId version, CancellationToken cancellationToken)
    {
        await foreach (var key in blobs.ListAsync(DocumentKeys.Version(version), after: null, cancellationToken))
            await blobs.DeleteAsync(key, cancellationToken);
    }

    public async Task<string?> FindReembeddingAsync(string tenant, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Reembedding(tenant);
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        return blob is null ? null : (await SealedJson.ReadAsync(key, blob, DocumentsJson.Plain.Reembedding, cancellationToken)).Model;
    }

    public Task SetReembeddingAsync(string tenant, string? model, CancellationToken cancellationToken) => model is null
        ? blobs.DeleteAsync(DocumentKeys.Reembedding(tenant), cancellationToken)
        : PutAsync(DocumentKeys.Reembedding(tenant), SealedJson.Write(new Reembedding(model), DocumentsJson.Plain.Reembedding), cancellationToken);

    private async Task<DocumentVectors?> ReadVectorsAsync(string key, CancellationToken cancellationToken)
    {
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        if (blob is null)
            return null;
        using var bytes = new MemoryStream();
        await blob.CopyToAsync(bytes, cancellationToken);
        return VectorFile.Read(key, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        await using (content)
            await blobs.PutAsync(key, content, BlobCondition.None, cancellationToken);
    }

    /// <summary>Record that exists while a tenant's passages are embedded with another model.</summary>
    internal sealed record Reembedding(string Model);
}
