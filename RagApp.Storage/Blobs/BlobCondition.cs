namespace RagApp.Storage.Blobs;

/// <summary>When a write may happen: always, only if there is no such blob, or only over a known state of it.</summary>
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
