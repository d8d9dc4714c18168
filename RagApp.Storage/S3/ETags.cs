namespace RagApp.Storage.S3;

/// <summary>
/// Entity tags, kept without their quotes, which servers set in some places and not in others. That of a blob in
/// parts is no hash of its bytes: a tag says that something changed, nothing more.
/// </summary>
internal static class ETags
{
    /// <exception cref="InvalidDataException">The answer has none.</exception>
    public static string Of(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("ETag", out var values)
            ? Bare(values.ToString())
            : throw new InvalidDataException("The S3 server answered without an entity tag.");

    public static string Bare(string tag) => tag.Trim().Trim('"');

    /// <summary>As it stands in a request.</summary>
    public static string Header(string tag) => $"\"{tag}\"";
}
