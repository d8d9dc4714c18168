using System.Numerics.Tensors;
using System.Text.Json;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Analysis;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>A chunk as the document that Lucene indexes.</summary>
internal static class ChunkDocument
{
    /// <summary>The longest vector that fits a field of Lucene's.</summary>
    public const int MaxDimension = 8000;

    private static readonly FieldType Terms = CreateTermsType();

    public static List<Document> CreateAll(IndexedDocument document, ITextAnalysis analysis)
    {
        if (document.Model.Length == 0)
            throw new ArgumentException("The model that made the vectors is not named.", nameof(document));
        var state = IndexScan.StateOf(document);
        return [.. document.Chunks.Select(chunk => Create(document, chunk, state, analysis))];
    }

    private static Document Create(IndexedDocument source, ChunkEntry chunk, string state, ITextAnalysis analysis)
    {
        var found = new FoundChunk(
            source.DocumentId, source.Version, chunk.Ordinal, source.Path, source.Title, chunk.Section, chunk.Page, chunk.Text,
            source.Properties);
        var document = new Document
        {
            new StringField(Fields.Document, source.DocumentId, Field.Store.NO),
            new StringField(Fields.Tenant, source.Tenant, Field.Store.NO),
            new StoredField(Fields.Chunk, JsonSerializer.SerializeToUtf8Bytes(found, StorageJson.Plain.FoundChunk)),
            new Field(Fields.Text(source.Properties.Language), new TermStream(analysis.Terms(chunk.Text, source.Properties.Language)), Terms),
            new Field(Fields.Heading(source.Properties.Language), new TermStream(analysis.Terms($"{source.Title}\n{chunk.Section}", source.Properties.Language)), Terms),
            new SortedDocValuesField(Fields.State, new BytesRef(state)),
            new SortedDocValuesField(Fields.Model, new BytesRef(source.Model)),
            new BinaryDocValuesField(Fields.Vector, new BytesRef(VectorBytes(chunk))),
        };
        foreach (var entry in source.Access)
            document.Add(new StringField(Fields.Access, entry, Field.Store.NO));
        return document;
    }

    private static byte[] VectorBytes(ChunkEntry chunk)
    {
        if (chunk.Vector.Length is 0 or > MaxDimension)
            throw new ArgumentException($"Chunk {chunk.Ordinal} has a vector of {chunk.Vector.Length} numbers: 1 to {MaxDimension} can be stored.", nameof(chunk));
        var bytes = new byte[chunk.Vector.Length * sizeof(float)];
        VectorFile.WriteFloats(OfLengthOne(chunk.Vector.Span), bytes);
        return bytes;
    }

    /// <summary>The vector scaled to length one, so that a dot product is the cosine; a vector of zeros stays one.</summary>
    /// <exception cref="ArgumentException">A number in it is infinite or none.</exception>
    public static float[] OfLengthOne(ReadOnlySpan<float> vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(length))
            throw new ArgumentException("A vector holds a number that is infinite or not a number.", nameof(vector));
        var scaled = vector.ToArray();
        if (length > 0)
            TensorPrimitives.Divide(scaled, length, scaled);
        return scaled;
    }

    private static FieldType CreateTermsType()
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS };
        type.Freeze();
        return type;
    }
}
