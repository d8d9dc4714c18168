using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>What one document adds to its tenant's statistics.</summary>
/// <param name="Language">What it is written in.</param>
/// <param name="Access">Its access list: each entry once, in order.</param>
/// <param name="Chunks">How many chunks it has.</param>
/// <param name="ChunksWithTerm">By a term's place, how many of them have it.</param>
internal sealed record DocumentTerms(string Language, IReadOnlyList<string> Access, int Chunks, IReadOnlyDictionary<uint, int> ChunksWithTerm)
{
    public static DocumentTerms Of(string language, IEnumerable<string> access, IReadOnlyCollection<SparseVector> chunks) => new(
        language, InOrder(access), chunks.Count,
        chunks.SelectMany(chunk => chunk.Indices).CountBy(place => place).ToDictionary());

    /// <summary>The same under another access list.</summary>
    public DocumentTerms ReadableBy(IEnumerable<string> access) => this with { Access = InOrder(access) };

    /// <summary>
    /// Some five bytes per term: language, access list, chunks, then by ascending place the distance to the one before and the count,
    /// numbers seven bits at a time.
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
