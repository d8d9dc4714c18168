using Microsoft.Extensions.DependencyInjection;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// Finds contents, vectors and trees that no document refers to. Originals are not checked: the sweep removes those of
/// interrupted uploads.
/// </summary>
internal static class Leftovers
{
    public static IReadOnlyList<string> In(SteppedService service)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (manifest, _) in service.AtOnce.GetRequiredService<IManifestStore>().ListAsync("acme", afterId: null, default).ToBlockingEnumerable())
        {
            named.Add(DocumentKeys.ManifestOf("acme", manifest.Id));
            named.Add(DocumentKeys.TreeOf("acme", manifest.UploadId, manifest.UploadIncarnation));
            if (manifest.Searchable is { } version)
                named.UnionWith([DocumentKeys.Content(manifest.IdOf(version)), DocumentKeys.Vectors(manifest.IdOf(version), "toy")]);
        }
        return [.. service.Blobs.Blobs.Keys.Where(key => key.StartsWith(DocumentKeys.Documents("acme"), StringComparison.Ordinal) && !named.Contains(key))];
    }
}
