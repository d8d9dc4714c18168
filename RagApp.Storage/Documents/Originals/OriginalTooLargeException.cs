namespace RagApp.Storage.Documents.Originals;

/// <summary>An uploaded file exceeds the size limit.</summary>
public sealed class OriginalTooLargeException(long maxBytes)
    : Exception($"The file is larger than {maxBytes:N0} bytes, the limit for one document.")
{
    public long MaxBytes { get; } = maxBytes;
}
