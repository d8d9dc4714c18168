using RagApp.Storage.Lucene.Access;
using RagApp.Storage.Lucene.Keywords;

namespace RagApp.Storage.Lucene;

/// <summary>The fields of a chunk in the index.</summary>
internal static class Fields
{
    /// <summary>Document id; a replacement removes chunks by it.</summary>
    public const string Document = "document";

    /// <summary>Tenant. Every search filters by it, although a folder holds one tenant only.</summary>
    public const string Tenant = "tenant";

    /// <summary>
    /// Fingerprint of the document's access list (<see cref="AccessLists.StandInFor"/>): a doc value and not a term, so that
    /// Lucene can replace it without changing anything else.
    /// </summary>
    public const string Access = "access";

    /// <summary>The access list itself (<see cref="AccessLists.Encode"/>), only at the first chunk of a document.</summary>
    public const string AccessList = "access-list";

    /// <summary>Document id, only at the chunk with the access list; a change of the list finds the chunk by it.</summary>
    public const string AccessListOf = "access-list-of";

    /// <summary>Version of the document.</summary>
    public const string Version = "version";

    /// <summary>Incarnation of the document.</summary>
    public const string Incarnation = "incarnation";

    /// <summary>The chunk as a search returns it, in JSON.</summary>
    public const string Chunk = "chunk";

    /// <summary>Terms of text, title and headings, with their number of occurrences in each (<see cref="TermCounts"/>).</summary>
    public const string Terms = "terms";

    /// <summary>Number of terms in text and headings (<see cref="TermCounts"/>).</summary>
    public const string Lengths = "lengths";

    /// <summary>Unstemmed words, for spelling correction.</summary>
    public const string Word = "word";

    /// <summary>Embedding model that made the vector.</summary>
    public const string Model = "model";

    /// <summary>Vector of length one, 32-bit floats, little-endian.</summary>
    public const string Vector = "vector";

    /// <summary>Quantized vector, one byte per number (<see cref="VectorCode"/>).</summary>
    public const string VectorCode = "code";

    /// <summary>Source of the document.</summary>
    public const string Source = "source";

    /// <summary>File type of the document.</summary>
    public const string Type = "type";

    /// <summary>Language of the document's text, in which its terms are made.</summary>
    public const string Language = "language";

    /// <summary>Tags of the document, one term each.</summary>
    public const string Tag = "tag";

    /// <summary>Date of the document in milliseconds since 1970, or <see cref="NoDate"/>.</summary>
    public const string Date = "date";

    /// <summary>Date of a document without one: later than every date, so that no date filter matches it.</summary>
    public const long NoDate = long.MaxValue;
}
