namespace RagApp.Storage.Blobs;

/// <summary>Somebody else wrote the blob first.</summary>
public sealed class BlobConflictException(string key)
    : Exception($"'{key}' was changed by somebody else in between.");
