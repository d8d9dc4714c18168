using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Qdrant.Payloads;

/// <summary>
/// Makes point ids as a hash of tenant, generation, document, incarnation, version and ordinal, so that a repeated write
/// overwrites. An id begins with the first eight characters of the document's id: a scroll, which is ordered by point id,
/// returns documents almost in the order of their ids.
/// </summary>
internal static class PointIds
{
    /// <summary>Number of characters of a document's id at the beginning of a point id.</summary>
    public const int OrderedLetters = 8;

    public static Guid Of(string tenant, string generation, string documentId, string incarnation, int version, int ordinal)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\0{generation}\0{documentId}\0{incarnation}\0{version}\0{ordinal}")).AsSpan(0, 16);
        id[..OrderedLetters].Clear();
        Encoding.ASCII.GetBytes(documentId.AsSpan(0, Math.Min(documentId.Length, OrderedLetters)), id);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Id of the record of a tenant's generation.</summary>
    public static Guid OfRecord(string tenant, string generation) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\0{generation}")).AsSpan(0, 16), bigEndian: true);

    /// <summary>Groups items in the order of their point ids by document, and returns the documents in ordinal order.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> GroupInOrderAsync<T>(
        IAsyncEnumerable<T> byPoint, Func<T, string> documentOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var alike = new List<T>();
        await foreach (var item in byPoint.WithCancellation(cancellationToken))
        {
            if (alike.Count > 0 && !HaveSameLetters(documentOf(alike[0]), documentOf(item)))
            {
                foreach (var document in InOrder())
                    yield return document;
                alike.Clear();
            }
            alike.Add(item);
        }
        foreach (var document in InOrder())
            yield return document;

        List<List<T>> InOrder() => [.. alike.GroupBy(documentOf, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToList())];
    }

    private static bool HaveSameLetters(string one, string other) =>
        one.AsSpan(0, Math.Min(one.Length, OrderedLetters)).SequenceEqual(other.AsSpan(0, Math.Min(other.Length, OrderedLetters)));
}
