using Qdrant.Client.Grpc;
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
    /// in the new form. 3. In one ordered batch, removes what an earlier attempt left over, and turns the version on.
    /// 4. When every copy has done so, removes the others: until then a search may see two versions and takes the newer.
    /// In one batch, a copy that is ahead and one that is behind would have nothing in common for a quorum to find.
    /// 5. Counts its terms.
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
        var surplus = present.Keys.Except(written.Ids).ToList();
        await points.BatchAsync(
            collection, [.. surplus.Chunk(QdrantCondition.LargestAny).Select(Remove), TurnOn(ofDocument.And(ofVersion))], cancellationToken);

        // 4
        await points.DeleteAsync(collection, ofDocument.And(QdrantCondition.Not(ofVersion)), cancellationToken);

        // 5
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

    private static PointsUpdateOperation Remove(IReadOnlyCollection<Guid> ids) => new()
    {
        DeletePoints = new PointsUpdateOperation.Types.DeletePoints { Points = new PointsSelector { Points = new PointsIdsList { Ids = { ids.Select(id => (PointId)id) } } } },
    };

    private static PointsUpdateOperation TurnOn(QdrantFilter filter) => new()
    {
        SetPayload = new PointsUpdateOperation.Types.SetPayload { Payload = { ChunkPayload.Live }, PointsSelector = new PointsSelector { Filter = filter.ToMessage() } },
    };
}
