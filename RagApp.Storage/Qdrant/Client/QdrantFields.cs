namespace RagApp.Storage.Qdrant.Client;

/// <summary>Names of vectors and payload fields, the same in every collection.</summary>
internal static class QdrantFields
{
    public const string Dense = "dense";
    public const string Keywords = "bm25";

    public const string Tenant = "tenant";
    public const string Access = "acl";
    public const string Document = "document";
    public const string Version = "version";
    public const string Live = "live";
    public const string Generation = "generation";
    public const string Source = "source";
    public const string Type = "type";
    public const string Date = "date";
    public const string Tags = "tags";
    public const string Language = "language";

    // The fields below are not used in filters.

    /// <summary>Incarnation of the chunk's document; missing in points from before incarnations existed.</summary>
    public const string Incarnation = "incarnation";

    /// <summary>Fingerprint of the access list, see <see cref="Index.IndexedVersion.FingerprintOf"/>.</summary>
    public const string AccessFingerprint = "access_fingerprint";
    public const string Model = "model";
    public const string Dimension = "dimension";

    /// <summary>Number that increases with each generation record of a tenant; the record with the highest number is current.</summary>
    public const string Order = "order";
    public const string Ordinal = "ordinal";
    public const string Path = "path";
    public const string Title = "title";
    public const string Section = "section";
    public const string Page = "page";
    public const string Text = "text";
}
