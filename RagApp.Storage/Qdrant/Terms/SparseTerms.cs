using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>Terms as numbers of a sparse vector. A chunk's numbers times those of a question, added up, are its <see cref="Bm25"/> score.</summary>
internal static class SparseTerms
{
    /// <summary>
    /// A term's place in every vector: the first 32 bits of SHA-256 over language, NUL and term. Two terms that share
    /// one count as the same, which happens to one pair in four billion.
    /// </summary>
    public static uint PlaceOf(string language, string term) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{language}\0{term}")));

    /// <summary>The chunk's side of the score: what each term weighs in text and headings, whatever the tenant has otherwise.</summary>
    public static SparseVector OfChunk(string language, IReadOnlyList<string> text, IReadOnlyList<string> headings)
    {
        var weights = new Dictionary<uint, double>();
        foreach (var (place, occurrences) in Count(language, text))
            weights[place] = Bm25.TextWeight(occurrences, text.Count);
        foreach (var (place, occurrences) in Count(language, headings))
            weights[place] = weights.GetValueOrDefault(place) + (Bm25.HeadingShare * Bm25.HeadingWeight(occurrences, headings.Count));
        return Of(weights);
    }

    /// <summary>Places in order, each once.</summary>
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
