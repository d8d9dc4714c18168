using System.Runtime.CompilerServices;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Storage.Documents;

/// <summary>
/// Lists a tenant's stored documents in the order of their ids, with one document in memory at a time. A damaged manifest is
/// part of the result and not an exception.
/// </summary>
public sealed class StoreInspection(IBlobStore blobs)
{
    /// <summary>Everything stored under the tenant's document ids, in ordinal order, including damaged and left-over parts.</summary>
    public async IAsyncEnumerable<StoredDocument> WalkAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = DocumentKeys.Documents(tenant) + "/";
        string? id = null;
        var names = new List<string>();
        await foreach (var key in blobs.ListAsync(folder[..^1], after: null, cancellationToken))
        {
            var name = key[folder.Length..];
            if (name.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash))
                continue;
            if (id is not null && !name.AsSpan(0, slash).SequenceEqual(id))
            {
                yield return await ReadAsync(tenant, id, names, cancellationToken);
                names.Clear();
            }
            id = name[..slash];
            names.Add(name[(slash + 1)..]);
        }
        if (id is not null)
            yield return await ReadAsync(tenant, id, names, cancellationToken);
    }

    private async Task<StoredDocument> ReadAsync(string tenant, string id, List<string> names, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<VersionId, List<string>>();
        foreach (var parts in names.Select(name => name.Split('/')))
        {
            if (parts is not [var folder, var file] || DocumentKeys.VersionIn(tenant, id, folder) is not { } version)
                continue;
            var models = versions.TryGetValue(version, out var known) ? known : versions[version] = [];
            if (await ModelOfAsync(version, file, cancellationToken) is { } model)
                models.Add(model);
        }
        var (manifest, damage) = names.Contains(DocumentKeys.Manifest) ? await ReadManifestAsync(tenant, id, cancellationToken) : (null, null);
        return new StoredDocument(id, manifest, damage, [.. versions.OrderBy(version => version.Key.Number).Select(version => new StoredVersion(version.Key, version.Value))]);
    }

    private async Task<string?> ModelOfAsync(VersionId version, string file, CancellationToken cancellationToken)
    {
        if (file != DocumentKeys.UnnamedVectors)
            return DocumentKeys.ModelIn(file);
        var key = DocumentKeys.VectorsUnnamed(version);
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        return blob is null ? null : await VectorFile.ReadModelAsync(blob, cancellationToken);
    }

    private async Task<(DocumentManifest? Manifest, string? Damage)> ReadManifestAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.ManifestOf(tenant, id);
        try
        {
            await using var blob = await blobs.ReadAsync(key, cancellationToken);
            return blob is null ? (null, null) : (await SealedJson.ReadAsync(key, blob, DocumentsJson.Plain.DocumentManifest, cancellationToken), null);
        }
        catch (CorruptBlobException exception)
        {
            return (null, exception.Message);
        }
    }
}
