using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>
/// Searches a restored index for a passage of a document, by its stored vector and by its words: a reader finds it with the stored
/// text, and somebody without rights does not find it.
/// </summary>
internal sealed class DrillSamples(IContentStore contents, IOriginalStore originals)
{
    /// <summary>Least similarity of a passage with its own stored vector; an index that keeps numbers of eight bits is not exact.</summary>
    private const double Alike = 0.98;

    /// <summary>Least number of letters in a passage that must be found by its words.</summary>
    private const int FewestLetters = 20;

    private const int Limit = 1_000;

    private static readonly string UserPrefix = AccessEntry.User("");
    private static readonly string GroupPrefix = AccessEntry.Group("");

    public async Task CheckAsync(IRestoredIndex restored, DocumentManifest manifest, string model, DrillReport report, CancellationToken cancellationToken)
    {
        var version = manifest.IdOf(manifest.Searchable!);
        try
        {
            if (await contents.ReadAsync(version, cancellationToken) is not { Passages.Count: > 0 } content
                || await contents.ReadVectorsAsync(version, model, cancellationToken) is not { } vectors)
            {
                report.Differs($"text or vectors of document {manifest.Id} are not in the store.");
                return;
            }
            await VerifyOriginalAsync(manifest, cancellationToken);
            report.Sampled++;
            var longest = content.Passages.Index().MaxBy(passage => passage.Item.Text.Length);
            await SearchAsync(restored, manifest, longest.Item, vectors.Vectors[longest.Index], model, report, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            report.Differs($"document {manifest.Id}: {exception.Message}");
        }
    }

    private static async Task SearchAsync(
        IRestoredIndex restored, DocumentManifest manifest, Passage passage, ReadOnlyMemory<float> vector, string model, DrillReport report, CancellationToken cancellationToken)
    {
        var query = new ChunkQuery(passage.Text, vector, model, Limit) { Filters = new SearchFilters { Documents = [manifest.Id] } };
        var found = await restored.SearchAsync(query, AccessFilter.For(ReaderOf(manifest)), cancellationToken);
        if (found.Semantic.FirstOrDefault(chunk => chunk.Chunk.Ordinal == passage.Ordinal) is not { } near || near.Score < Alike)
            report.Differs($"passage {passage.Ordinal} of document {manifest.Id} is not found by its stored vector.");
        else if (near.Chunk.Text != passage.Text)
            report.Differs($"passage {passage.Ordinal} of document {manifest.Id} has another text than in the store.");
        if (passage.Text.Count(char.IsLetter) >= FewestLetters && found.Keyword.All(chunk => chunk.Chunk.Ordinal != passage.Ordinal))
            report.Differs($"passage {passage.Ordinal} of document {manifest.Id} is not found by its words.");
        if (manifest.Access.Contains(AccessEntry.Public))
            return;
        var stranger = await restored.SearchAsync(query, AccessFilter.For(Principal.ForService(manifest.Tenant, "drill")), cancellationToken);
        if (stranger.Keyword.Count + stranger.Semantic.Count > 0)
            report.Differs($"document {manifest.Id} is found without rights.");
    }

    /// <summary>Reads the original to its end, which verifies its checksum.</summary>
    private async Task VerifyOriginalAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Searchable is { OriginalRemoved: true })
            return;
        await using var original = await originals.OpenAsync(manifest.Tenant, manifest.Searchable!, cancellationToken)
            ?? throw new CorruptBlobException(manifest.Searchable!.OriginalId, "it is missing");
        await original.CopyToAsync(Stream.Null, cancellationToken);
    }

    /// <summary>Somebody whom the access list names.</summary>
    private static Principal ReaderOf(DocumentManifest manifest)
    {
        var user = manifest.Access.FirstOrDefault(entry => entry.StartsWith(UserPrefix, StringComparison.Ordinal));
        var groups = manifest.Access.Where(entry => entry.StartsWith(GroupPrefix, StringComparison.Ordinal)).Select(entry => entry[GroupPrefix.Length..]);
        return new Principal(manifest.Tenant, user is null ? "service:drill" : user[UserPrefix.Length..], [.. groups], [], Region: null);
    }
}
