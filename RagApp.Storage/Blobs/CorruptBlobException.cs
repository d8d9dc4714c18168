namespace RagApp.Storage.Blobs;

/// <summary>A blob does not hold the bytes that were written: it was damaged, or changed by hand.</summary>
public sealed class CorruptBlobException(string key, string problem, Exception? inner = null)
    : Exception($"'{key}' is damaged ({problem}): restore it from a backup, or upload the document again.", inner)
{
    public string Key { get; } = key;

    /// <summary>The damage in words, as the middle of a sentence.</summary>
    public string Problem { get; } = problem;
}
