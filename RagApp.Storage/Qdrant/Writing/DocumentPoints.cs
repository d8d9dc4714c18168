using System.Numerics.Tensors;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Qdrant.Writing;

/// <summary>The points of one version of a document, one per chunk.</summary>
internal sealed class DocumentPoints
{
    private readonly IndexedDocument _document;
    private readonly IndexGeneration _generation;
    private readonly SparseVector[] _keywords;

    public DocumentPoints(IndexedDocument document, IndexGeneration generation, ITextAnalysis analysis, CancellationToken cancellationToken)
    {
        (_document, _generation) = (document, generation);
        var language = document.Properties.Language;
        _keywords = new SparseVector[document.Chunks.Count];
        for (var i = 0; i < _keywords.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = document.Chunks[i];
            _keywords[i] = SparseTerms.OfChunk(
                language, analysis.Terms(chunk.Text, language), analysis.Terms($"{document.Title}\n{chunk.Section}", language));
        }
        Ids = document.Chunks.Select(chunk => PointIds.Of(document.Tenant, generation.Id, document.DocumentId, document.Incarnation, document.Version, chunk.Ordinal)).ToList();
        Terms = DocumentTerms.Of(language, document.Access, _keywords);
    }

    public IReadOnlyList<Guid> Ids { get; }

    public DocumentTerms Terms { get; }

    /// <summary>The different words of title, headings and text.</summary>
    public HashSet<string> Words => [.. _document.Chunks.SelectMany(chunk => WrittenWords.Of($"{_document.Title}\n{chunk.Section}\n{chunk.Text}"))];

    /// <summary>Validates a document before anything is written.</summary>
    /// <exception cref="ArgumentException">A vector is empty or holds a number that is not finite, or the model is not named.</exception>
    public static void Require(IndexedDocument document)
    {
        if (document.Model.Length == 0)
            throw new ArgumentException("The model that made the vectors is not named.", nameof(document));
        foreach (var chunk in document.Chunks)
        {
            if (chunk.Vector.IsEmpty || !float.IsFinite(TensorPrimitives.Norm(chunk.Vector.Span)))
                throw new ArgumentException($"The vector of chunk {chunk.Ordinal} is empty, or holds a number that is infinite or not a number.", nameof(document));
        }
    }

    /// <summary>The points. A vector of another model than the generation's is left out, since it cannot be compared with the others.</summary>
    public IEnumerable<PointStruct> All(bool live)
    {
        var isComparable = _document.Model == _generation.Model;
        for (var i = 0; i < _document.Chunks.Count; i++)
        {
            var chunk = _document.Chunks[i];
            var vectors = new NamedVectors { Vectors = { [QdrantFields.Keywords] = new Vector { Sparse = _keywords[i] } } };
            if (isComparable && chunk.Vector.Length == _generation.Dimension)
                vectors.Vectors[QdrantFields.Dense] = new Vector { Dense = new DenseVector { Data = { chunk.Vector.ToArray() } } };
            yield return new PointStruct
            {
                Id = Ids[i],
                Vectors = new Vectors { Vectors_ = vectors },
                Payload = { ChunkPayload.Of(_document, chunk, _generation.Id, live) },
            };
        }
    }
}
