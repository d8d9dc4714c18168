namespace RagApp.Storage.Qdrant.Client;

/// <summary>Names of the vectors and of the payload that is filtered or scanned by: the same in every collection.</summary>
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

    /// <summary>Which life of its path a chunk is of. Nothing filters by it.</summary>
    public const string Incarnation = "incarnation";
}
