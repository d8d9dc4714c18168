namespace RagApp.Storage.Documents.Manifests;

/// <summary>
/// Stores the manifests of documents. It checks no permissions: callers apply an <see cref="Access.AccessFilter"/> to the
/// access list before they return anything to a person.
/// </summary>
public interface IManifestStore
{
    Task<StoredManifest?> FindAsync(string tenant, string documentId, CancellationToken cancellationToken);

    /// <summary>Saves a manifest: as a new one when <paramref name="etag"/> is null, else over the state with this entity tag.</summary>
    /// <exception cref="Blobs.BlobConflictException">Another writer changed the manifest; read it again and repeat the change.</exception>
    Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken);

    /// <summary>All manifests of a tenant after <paramref name="afterId"/>, by document id. A damaged manifest is reported and skipped.</summary>
    IAsyncEnumerable<StoredManifest> ListAsync(string tenant, string? afterId, CancellationToken cancellationToken);

    /// <summary>The ids of the tenant's documents in ordinal order, without reading the manifests.</summary>
    IAsyncEnumerable<string> ListIdsAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>All tenants that have documents or other records; a tenant's journal and control records outlive its documents.</summary>
    IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken);

    /// <summary>Removes the manifest as the last step of a deletion: originals and versions are removed before it.</summary>
    Task DeleteAsync(string tenant, string documentId, CancellationToken cancellationToken);
}
