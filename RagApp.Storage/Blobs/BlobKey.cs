namespace RagApp.Storage.Blobs;

/// <summary>Validates blob keys, by the same rules for every backend.</summary>
internal static class BlobKey
{
    /// <summary>Longest key in characters: the limit of S3.</summary>
    public const int MaxLength = 1024;

    /// <exception cref="ArgumentException">The key is not made of segments of letters, digits and <c>._-</c>.</exception>
    public static string[] Split(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var segments = key.Split('/');
        return key.Length <= MaxLength && segments.All(IsSegment)
            ? segments
            : throw new ArgumentException(
                $"A key is made of segments of letters, digits and '._-' joined by '/', {MaxLength} characters at most, {KeySegment.MaxLength} in a segment.", nameof(key));
    }

    private static bool IsSegment(string segment) =>
        segment is { Length: > 0 and <= KeySegment.MaxLength } and not "." and not ".."
        && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
