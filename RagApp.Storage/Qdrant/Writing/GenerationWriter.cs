using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Qdrant.Writing;

/// <summary>
/// Writes documents into a generation, the current one or one that is being built. Every step can be repeated: the next attempt
/// overwrites or removes what a failed one has left.
/// </summary>
internal sealed class GenerationWriter(QdrantPoints points, IndexCollections collections, TermCounting counting, ITextAnalysis analysis)
{
    /// <summary>
    /// 1. Reads the points that have this version number, also those of an earlier incarnation. 2. Writes the version; when it is
    /// live already, it stays live and changes chunk by chunk. 3. Removes surplus points of this version number from an earlier
    /// attempt. 4. Makes the version live. 5. Removes the other versions: until then a search may find two versions and takes the
    /// newer. 6. Counts its terms. Steps 3 to 5 are separate requests, each applied by every replica before the next: in a single
    /// request, a replica that is ahead and one that is behind would share no points for a quorum to find.
    /// </summary>
    /// <exception cref="ArgumentException">A vector is empty or holds a number that is not finite.</exception>
    public async Task ReplaceAsync(IndexGeneration generation, IndexedDocument document, CancellationToken cancellationToken)
    {
        DocumentPoints.Require(document);
        var written = new DocumentPoints(document, generation, analysis, cancellationToken);
        if (written.Ids.Count == 0)
        {
            await RemoveAsync(document.Tenant, generation, [document.DocumentId], cancellationToken);
            return;
        }
        var collection = collections.AliasOf(generation.Model, generation.Dimension);
        var ofDocument = IndexFilter.ForWriter(document.Tenant, generation.Id, document.DocumentId);
        var ofVersion = QdrantCondition.Is(QdrantFields.Version, document.Version);

        // 1
        var present = await points.ScrollAsync(collection, ofDocument.And(ofVersion), PointFields.Small(QdrantFields.Live), cancellationToken)
            .ToDictionaryAsync(point => Guid.Parse(point.Id.Uuid), point => point.Payload.Flag(QdrantFields.Live), cancellationToken: cancellationToken);
        var answers = written.Ids.Any(id => present.GetValueOrDefault(id));

        // 2
        await points.UpsertAsync(collection, written.All(live: answers), cancellationToken);

        // 3
        foreach (var surplus in present.Keys.Except(written.Ids).Chunk(QdrantCondition.LargestAny))
            await points.DeleteAsync(collection, ofDocument.And(QdrantCondition.IsPoint(surplus)), cancellationToken);

        // 4
        await points.SetPayloadAsync(collection, ofDocument.And(ofVersion), ChunkPayload.Live, cancellationToken);

        // 5
        await points.DeleteAsync(collection, ofDocument.And(QdrantCondition.Not(ofVersion)), cancellationToken);

        // 6
        await counting.CountAsync(document.Tenant, generation.Id, document.DocumentId, written.Terms, written.Words, cancellationToken);
    }

    public async Task RemoveAsync(string tenant, IndexGeneration generation, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        if (documentIds.Count == 0)
            return;
        await points.DeleteAsync(
            collections.AliasOf(generation.Model, generation.Dimension), IndexFilter.ForWriter(tenant, generation.Id, documentIds), cancellationToken);
        foreach (var id in documentIds)
            await counting.CountAsync(tenant, generation.Id, id, terms: null, words: [], cancellationToken);
    }
}
