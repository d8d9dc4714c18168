namespace RagApp.Storage.Lucene;

/// <summary>What a chunk has in the index.</summary>
internal static class Fields
{
    /// <summary>Document id: what a replacement removes by.</summary>
    public const string Document = "document";

    /// <summary>Tenant, though a directory holds one tenant only: every search checks it.</summary>
    public const string Tenant = "tenant";

    /// <summary>Access list, one term per entry.</summary>
    public const string Access = "access";

    /// <summary>Version and fingerprint of the access list, such as <c>7:9f86d081...</c>: what a scan reads.</summary>
    public const string State = "state";

    /// <summary>The chunk as it is returned, JSON.</summary>
    public const string Chunk = "chunk";

    /// <summary>Embedding model that made the vector.</summary>
    public const string Model = "model";

    /// <summary>The vector of length one, 32-bit floats, little-endian.</summary>
    public const string Vector = "vector";

    private const string TextPrefix = "text_";
    private const string HeadingPrefix = "heading_";

    /// <summary>Terms of the passage in one language: each language is a field, so that its statistics are its own.</summary>
    public static string Text(string language) => TextPrefix + language;

    /// <summary>Terms of the title and the headings above the passage.</summary>
    public static string Heading(string language) => HeadingPrefix + language;

    /// <summary>The language of a <see cref="Text"/> field, or null when it is none.</summary>
    public static string? LanguageOf(string field) =>
        field.StartsWith(TextPrefix, StringComparison.Ordinal) ? field[TextPrefix.Length..] : null;
}
