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
internal sealed class GenerationWriter(QdrantClient client, IndexCollections collections, TermCounting counting, ITextAnalysis analysis)
{
    /// <summary>
    /// 1. Looks what there is of this version number, of an earlier life of the path too. 2. Writes it; one that answers already goes on answering, chunk by chunk
    /// in the new form. 3. In one ordered batch, removes what an earlier attempt left over, turns the version on, and
    /// removes the others: between the last two a search may see two versions and takes the newer. 4. Counts its terms.
    /// </summary>
    /// <exception cref="ArgumentException">A vector is empty or holds what is no number.</exception>
    public async Task ReplaceAsync(IndexGeneration generation, IndexedDocument document, CancellationToken cancellationToken)
    {
        DocumentPoints.Check(document);
        var points = new DocumentPoints(document, generation, analysis, cancellationToken);
        if (points.Ids.Count == 0)
        {
            await RemoveAsync(document.Tenant, generation, [document.DocumentId], cancellationToken);
            return;
        }
        var collection = collections.AliasOf(generation.Model, generation.Dimension);
        var ofDocument = IndexFilter.ForWriter(document.Tenant, generation.Id, document.DocumentId);
        var ofVersion = QdrantCondition.Is(QdrantFields.Version, document.Version);

        // 1
        var present = await client.ScrollAsync(
                collection, ofDocument.And(ofVersion), QdrantSelection.Only(QdrantFields.Live), QdrantSelection.None, cancellationToken)
            .ToDictionaryAsync(point => point.Id, IsLive, cancellationToken: cancellationToken);
        var answers = points.Ids.Any(id => present.GetValueOrDefault(id));

        // 2
        await client.UpsertAsync(collection, points.All(live: answers), cancellationToken);

        // 3
        var surplus = present.Keys.Except(points.Ids).ToList();
        await client.BatchAsync(
            collection,
            [
                .. surplus.Chunk(QdrantCondition.LargestAny).Select(ids => QdrantOperation.Remove(ids)),
                QdrantOperation.SetOn(ofDocument.And(ofVersion), LiveChange.On),
                QdrantOperation.Remove(ofDocument.And(QdrantCondition.Not(ofVersion))),
            ],
            cancellationToken);

        // 4
        await counting.CountAsync(document.Tenant, generation.Id, document.DocumentId, points.Terms, points.Words, cancellationToken);
    }

    public async Task RemoveAsync(string tenant, IndexGeneration generation, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        if (documentIds.Count == 0)
            return;
        await client.DeleteAsync(
            collections.AliasOf(generation.Model, generation.Dimension), IndexFilter.ForWriter(tenant, generation.Id, documentIds), cancellationToken);
        foreach (var id in documentIds)
            await counting.CountAsync(tenant, generation.Id, id, terms: null, words: [], cancellationToken);
    }

    private static bool IsLive(QdrantPoint point) => point.Payload is { } payload && payload.GetProperty(QdrantFields.Live).GetBoolean();
}
