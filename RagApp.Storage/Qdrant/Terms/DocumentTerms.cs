using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>The share of one document in its tenant's term statistics.</summary>
/// <param name="Language">Language of the document.</param>
/// <param name="Access">Access list, sorted and without duplicates.</param>
/// <param name="Chunks">Number of chunks.</param>
/// <param name="ChunksWithTerm">Number of chunks with a term, by the term's place.</param>
internal sealed record DocumentTerms(string Language, IReadOnlyList<string> Access, int Chunks, IReadOnlyDictionary<uint, int> ChunksWithTerm)
{
    public static DocumentTerms Of(string language, IEnumerable<string> access, IReadOnlyCollection<SparseVector> chunks) => new(
        language, InOrder(access), chunks.Count,
        chunks.SelectMany(chunk => chunk.Indices).CountBy(place => place).ToDictionary());

    /// <summary>The same share under another access list.</summary>
    public DocumentTerms ReadableBy(IEnumerable<string> access) => this with { Access = InOrder(access) };

    /// <summary>
    /// Writes the binary form, about five bytes a term: language, access list, number of chunks, then for each term in ascending
    /// order the difference from the previous place and the count, as variable-length numbers of 7 bits a byte.
    /// </summary>
    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Language);
        writer.Write7BitEncodedInt(Access.Count);
        foreach (var entry in Access)
            writer.Write(entry);
        writer.Write7BitEncodedInt(Chunks);
        writer.Write7BitEncodedInt(ChunksWithTerm.Count);
        var before = 0u;
        foreach (var place in ChunksWithTerm.Keys.Order())
        {
            writer.Write7BitEncodedInt64(place - before);
            writer.Write7BitEncodedInt(ChunksWithTerm[place]);
            before = place;
        }
        writer.Flush();
        return bytes.ToArray();
    }

    public static DocumentTerms Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var language = reader.ReadString();
        string[] access = [.. Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(_ => reader.ReadString())];
        var (chunks, count) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var terms = new Dictionary<uint, int>(count);
        var place = 0u;
        for (var i = 0; i < count; i++)
        {
            place += (uint)reader.Read7BitEncodedInt64();
            terms[place] = reader.Read7BitEncodedInt();
        }
        return new DocumentTerms(language, access, chunks, terms);
    }

    private static string[] InOrder(IEnumerable<string> access) => [.. access.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
