namespace RagApp.Storage.Documents.Contents;

/// <summary>Stores the text and the vectors of versions.</summary>
public interface IContentStore
{
    Task WriteAsync(VersionId version, DocumentContent content, CancellationToken cancellationToken);

    Task<DocumentContent?> ReadAsync(VersionId version, CancellationToken cancellationToken);

    /// <summary>Writes the vectors of one model; those of other models stay.</summary>
    Task WriteVectorsAsync(VersionId version, DocumentVectors vectors, CancellationToken cancellationToken);

    /// <summary>The vectors that a model made of this version; null when there are none.</summary>
    Task<DocumentVectors?> ReadVectorsAsync(VersionId version, string model, CancellationToken cancellationToken);

    Task DeleteVectorsAsync(VersionId version, string model, CancellationToken cancellationToken);

    /// <summary>Removes the text and all vectors of one version.</summary>
    Task DeleteAsync(VersionId version, CancellationToken cancellationToken);

    /// <summary>The model that the tenant's passages are being embedded with again; null when no such work is in progress.</summary>
    Task<string?> FindReembeddingAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Records that the tenant's passages are being embedded with this model; null records the end of the work.</summary>
    Task SetReembeddingAsync(string tenant, string? model, CancellationToken cancellationToken);
}
