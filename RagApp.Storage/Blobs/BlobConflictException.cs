namespace RagApp.Storage.Blobs;

/// <summary>The condition of a write did not hold: another writer changed the blob first.</summary>
public sealed class BlobConflictException(string key)
    : Exception($"'{key}' was changed by another writer in the meantime.");
