namespace RagApp.Storage.S3;

/// <summary>
/// Entity tags without their quotes, which servers add in some places and not in others. The tag of a multipart object is no hash
/// of its bytes: a tag only shows that the content changed.
/// </summary>
internal static class ETags
{
    /// <exception cref="InvalidDataException">The answer has no entity tag.</exception>
    public static string Bare(string? tag) =>
        tag?.Trim('"') ?? throw new InvalidDataException("The S3 server answered without an entity tag.");
}
