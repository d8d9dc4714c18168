using System.Runtime.CompilerServices;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance;

/// <summary>A document's state in the store, beside its versions in the index.</summary>
/// <param name="Stored">The document in the store; null when the store does not have it.</param>
internal sealed record StoredAndIndexed(string Id, StoredDocument? Stored, IReadOnlyList<IndexedVersion> Indexed)
{
    /// <summary>Merges two streams sorted by document id, so that only one document is in memory at a time.</summary>
    public static async IAsyncEnumerable<StoredAndIndexed> MergeAsync(
        IAsyncEnumerable<StoredDocument> fromStore, IAsyncEnumerable<IndexedVersion> fromIndex, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stored = fromStore.GetAsyncEnumerator(cancellationToken);
        await using var indexed = fromIndex.GetAsyncEnumerator(cancellationToken);
        var (moreStored, moreIndexed) = (await stored.MoveNextAsync(), await indexed.MoveNextAsync());
        while (moreStored || moreIndexed)
        {
            var order = !moreIndexed ? -1 : !moreStored ? 1 : string.CompareOrdinal(stored.Current.Id, indexed.Current.DocumentId);
            var id = order <= 0 ? stored.Current.Id : indexed.Current.DocumentId;
            var ofDocument = new List<IndexedVersion>();
            for (; moreIndexed && indexed.Current.DocumentId == id; moreIndexed = await indexed.MoveNextAsync())
                ofDocument.Add(indexed.Current);
            yield return new StoredAndIndexed(id, order <= 0 ? stored.Current : null, ofDocument);
            if (order <= 0)
                moreStored = await stored.MoveNextAsync();
        }
    }
}
