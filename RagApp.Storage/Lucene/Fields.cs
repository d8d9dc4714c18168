namespace RagApp.Storage.Lucene;

/// <summary>What a chunk has in the index.</summary>
internal static class Fields
{
    /// <summary>Document id: what a replacement removes by.</summary>
    public const string Document = "document";

    /// <summary>Tenant, though a directory holds one tenant only: every search checks it.</summary>
    public const string Tenant = "tenant";

    /// <summary>
    /// What stands for the access list of the chunk's document (<see cref="AccessLists.StandInFor"/>): a value beside
    /// the chunk and no term of it, which Lucene replaces without touching anything else.
    /// </summary>
    public const string Access = "access";

    /// <summary>The access list itself (<see cref="AccessLists.Encode"/>), beside the first chunk of a document only.</summary>
    public const string AccessList = "access-list";

    /// <summary>Document id again, of the chunk that has the list: what a change of the list finds it by.</summary>
    public const string AccessListOf = "access-list-of";

    /// <summary>Version of the document.</summary>
    public const string Version = "version";

    /// <summary>Incarnation of the document: the life of its path that the version is of.</summary>
    public const string Incarnation = "incarnation";

    /// <summary>The chunk as it is returned, JSON.</summary>
    public const string Chunk = "chunk";

    /// <summary>The terms of text, title and headings, with the occurrences in each (<see cref="TermCounts"/>).</summary>
    public const string Terms = "terms";

    /// <summary>How many terms text and headings have (<see cref="TermCounts"/>).</summary>
    public const string Lengths = "lengths";

    /// <summary>The words as they are written, for spelling.</summary>
    public const string Word = "word";

    /// <summary>Embedding model that made the vector.</summary>
    public const string Model = "model";

    /// <summary>The vector of length one, 32-bit floats, little-endian.</summary>
    public const string Vector = "vector";

    /// <summary>The vector in a byte per number (<see cref="VectorCode"/>).</summary>
    public const string VectorCode = "code";

    /// <summary>Where the document came from.</summary>
    public const string Source = "source";

    /// <summary>Its kind of file.</summary>
    public const string Type = "type";

    /// <summary>The language of its text, which its terms are made in.</summary>
    public const string Language = "language";

    /// <summary>Its tags, one term each.</summary>
    public const string Tag = "tag";

    /// <summary>Its date in milliseconds since 1970, or <see cref="NoDate"/>.</summary>
    public const string Date = "date";

    /// <summary>After every date, and so before none that is asked for.</summary>
    public const long NoDate = long.MaxValue;
}
