using System.Text.Json;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Contracts.Search;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Access;
using RagApp.Storage.Lucene.Keywords;
using RagApp.Storage.Lucene.Vectors;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene.Writing;

/// <summary>
/// Makes the Lucene document of a chunk. Every document has the same fields in the same order, so that fields have the same
/// numbers in every index: segments that are added to another index as they are, and whose values change later, need that.
/// </summary>
internal static class ChunkDocument
{
    /// <summary>Greatest dimension of a vector that fits in a Lucene field.</summary>
    public const int MaxDimension = 8000;

    private static readonly FieldType Counted = CreateType(IndexOptions.DOCS_AND_FREQS);

    private static readonly FieldType Listed = CreateType(IndexOptions.DOCS_ONLY);

    public static List<Document> CreateAll(IndexedDocument document, ITextAnalysis analysis, CancellationToken cancellationToken)
    {
        if (document.Model.Length == 0)
            throw new ArgumentException("The model that made the vectors is not named.", nameof(document));
        var standIn = AccessLists.StandInFor(document.Access);
        var chunks = new List<Document>(document.Chunks.Count);
        foreach (var chunk in document.Chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chunks.Add(Create(document, chunk, standIn, analysis));
        }
        if (chunks.Count > 0)
        {
            chunks[0].Add(new StringField(Fields.AccessListOf, document.DocumentId, Field.Store.NO));
            chunks[0].Add(new BinaryDocValuesField(Fields.AccessList, AccessLists.Encode(document.Access)));
        }
        return chunks;
    }

    private static Document Create(IndexedDocument source, ChunkEntry chunk, BytesRef access, ITextAnalysis analysis)
    {
        var found = new FoundChunk(
            source.DocumentId, source.Version, chunk.Ordinal, source.Path, source.Title, chunk.Section, chunk.Page, chunk.Text,
            source.Properties);
        var language = source.Properties.Language;
        var headings = $"{source.Title}\n{chunk.Section}";
        var (textTerms, headingTerms) = (analysis.Terms(chunk.Text, language), analysis.Terms(headings, language));
        var vector = VectorOf(chunk);
        var document = new Document
        {
            new StringField(Fields.Document, source.DocumentId, Field.Store.NO),
            new StringField(Fields.Tenant, source.Tenant, Field.Store.NO),
            new StoredField(Fields.Chunk, JsonSerializer.SerializeToUtf8Bytes(found, LuceneJson.Plain.FoundChunk)),
            new Field(Fields.Terms, new CountedTerms(TermCounts.Of(textTerms, headingTerms)), Counted),
            new NumericDocValuesField(Fields.Lengths, TermCounts.Lengths(textTerms.Count, headingTerms.Count)),
            new Field(Fields.Word, OneEach(SurfaceWords.Of($"{headings}\n{chunk.Text}", language)), Listed),
            new BinaryDocValuesField(Fields.Access, access),
            new NumericDocValuesField(Fields.Version, source.Version),
            new SortedDocValuesField(Fields.Incarnation, new BytesRef(source.Incarnation)),
            new SortedDocValuesField(Fields.Model, new BytesRef(source.Model)),
            new BinaryDocValuesField(Fields.Vector, new BytesRef(BytesOf(vector))),
            new BinaryDocValuesField(Fields.VectorCode, new BytesRef(VectorCode.Encode(vector))),
        };
        AddProperties(source.Properties, document);
        return document;
    }

    private static void AddProperties(DocumentProperties properties, Document document)
    {
        document.Add(new StringField(Fields.Source, properties.Source, Field.Store.NO));
        document.Add(new StringField(Fields.Type, properties.Type, Field.Store.NO));
        document.Add(new StringField(Fields.Language, properties.Language, Field.Store.NO));
        document.Add(new Field(Fields.Tag, OneEach(properties.Tags), Listed));
        document.Add(new NumericDocValuesField(Fields.Date, properties.Date?.ToUnixTimeMilliseconds() ?? Fields.NoDate));
    }

    private static float[] VectorOf(ChunkEntry chunk) => chunk.Vector.Length is > 0 and <= MaxDimension
        ? VectorCode.OfLengthOne(chunk.Vector.Span)
        : throw new ArgumentException($"Chunk {chunk.Ordinal} has a vector of {chunk.Vector.Length} numbers: 1 to {MaxDimension} can be stored.", nameof(chunk));

    private static byte[] BytesOf(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        VectorFile.WriteFloats(vector, bytes);
        return bytes;
    }

    private static CountedTerms OneEach(IEnumerable<string> terms) =>
        new(terms.Distinct(StringComparer.Ordinal).ToDictionary(term => term, _ => 1, StringComparer.Ordinal));

    private static FieldType CreateType(IndexOptions options)
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = options };
        type.Freeze();
        return type;
    }
}
