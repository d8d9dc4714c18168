using RagApp.Storage.Analysis;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// Writes documents into a generation, the one that answers or one that is being built. Every step can be repeated: what
/// an attempt that failed has left is written over or removed by the next one.
/// </summary>
internal sealed class GenerationWriter(QdrantPoints points, IndexCollections collections, TermCounting counting, ITextAnalysis analysis)
{
    /// <summary>
    /// 1. Looks what there is of this version number, of an earlier life of the path too. 2. Writes it; one that answers already goes on answering, chunk by chunk
    /// in the new form. 3. Removes what an earlier attempt left over of this number. 4. Turns the version on. 5. Removes the
    /// others: until then a search may see two versions and takes the newer. 6. Counts its terms. Steps 3 to 5 are requests
    /// of their own, each done by every copy before the next: in one, a copy that is ahead and one that is behind would have
    /// nothing in common for a quorum to find.
    /// </summary>
    /// <exception cref="ArgumentException">A vector is empty or holds what is no number.</exception>
    public async Task ReplaceAsync(IndexGeneration generation, IndexedDocument document, CancellationToken cancellationToken)
    {
        DocumentPoints.Check(document);
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
