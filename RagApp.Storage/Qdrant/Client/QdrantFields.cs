namespace RagApp.Storage.Qdrant.Client;

/// <summary>Names of the vectors and of the payload: the same in every collection.</summary>
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

    // Nothing filters by these.

    /// <summary>The life of its path that a chunk belongs to. Points that were written before lives were told apart have none.</summary>
    public const string Incarnation = "incarnation";

    /// <summary>Stands for the access list, see <see cref="Index.IndexedVersion.FingerprintOf"/>.</summary>
    public const string AccessFingerprint = "access_fingerprint";
    public const string Model = "model";
    public const string Dimension = "dimension";

    /// <summary>The number that grows with each generation record of a tenant: the highest is the newest.</summary>
    public const string Order = "order";
    public const string Ordinal = "ordinal";
    public const string Path = "path";
    public const string Title = "title";
    public const string Section = "section";
    public const string Page = "page";
    public const string Text = "text";
}
