namespace RagApp.Storage.Blobs;

/// <summary>Condition of a write: none, the blob must not exist yet, or its entity tag must be unchanged.</summary>
public readonly record struct BlobCondition
{
    private BlobCondition(bool mustBeNew, string? etag)
    {
        MustBeNew = mustBeNew;
        ETag = etag;
    }

    public static BlobCondition None => default;

    public static BlobCondition IfNew => new(mustBeNew: true, etag: null);

    public bool MustBeNew { get; }

    public string? ETag { get; }

    public static BlobCondition IfUnchanged(string etag) => new(mustBeNew: false, etag);
}
