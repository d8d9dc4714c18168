using Microsoft.Extensions.DependencyInjection;
using RagApp.Storage.Documents;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>Content, vectors and trees that no document names. Originals are left out: one whose upload was cut off waits for the sweep.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<string> In(SteppedService service)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (manifest, _) in service.AtOnce.GetRequiredService<IDocumentStore>().ListAsync("acme", afterId: null, default).ToBlockingEnumerable())
        {
            named.Add(DocumentKeys.ManifestOf("acme", manifest.Id));
            named.Add(DocumentKeys.TreeOf("acme", manifest.UploadId, manifest.UploadIncarnation));
            if (manifest.Searchable is { } version)
                named.UnionWith([DocumentKeys.Content(manifest.IdOf(version)), DocumentKeys.Vectors(manifest.IdOf(version), "toy")]);
        }
        return [.. service.Blobs.Blobs.Keys.Where(key => key.StartsWith(DocumentKeys.Documents("acme"), StringComparison.Ordinal) && !named.Contains(key))];
    }
}
