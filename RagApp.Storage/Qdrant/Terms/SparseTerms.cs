using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>Makes sparse vectors of terms. The dot product of a chunk's vector and a question's is the <see cref="Bm25"/> score.</summary>
internal static class SparseTerms
{
    /// <summary>
    /// Dimension of a term in every sparse vector, called its place: the first 32 bits of the SHA-256 of language, NUL and term.
    /// Two terms with the same place count as one term, which happens to one pair in four billion.
    /// </summary>
    public static uint PlaceOf(string language, string term) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{language}\0{term}")));

    /// <summary>The chunk's side of the keyword score: the weight of each term in text and headings, which needs no statistics.</summary>
    public static SparseVector OfChunk(string language, IReadOnlyList<string> text, IReadOnlyList<string> headings)
    {
        var weights = new Dictionary<uint, double>();
        foreach (var (place, occurrences) in Count(language, text))
            weights[place] = Bm25.TextWeight(occurrences, text.Count);
        foreach (var (place, occurrences) in Count(language, headings))
            weights[place] = weights.GetValueOrDefault(place) + (Bm25.HeadingShare * Bm25.HeadingWeight(occurrences, headings.Count));
        return Of(weights);
    }

    /// <summary>The sparse vector with these weights, its places in ascending order.</summary>
    public static SparseVector Of(IReadOnlyDictionary<uint, double> weights)
    {
        var places = weights.Keys.Order().ToArray();
        return new SparseVector { Indices = { places }, Values = { places.Select(place => (float)weights[place]) } };
    }

    private static Dictionary<uint, int> Count(string language, IEnumerable<string> terms)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var (term, occurrences) in terms.CountBy(term => term, StringComparer.Ordinal))
        {
            var place = PlaceOf(language, term);
            counts[place] = counts.GetValueOrDefault(place) + occurrences;
        }
        return counts;
    }
}
