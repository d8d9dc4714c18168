namespace RagApp.Contracts.Search;

/// <summary>What a document is filtered by.</summary>
/// <param name="Source">Where it came from, such as <c>upload</c>.</param>
/// <param name="Type">Its kind of file, such as <c>pdf</c>.</param>
/// <param name="Language">Language of its text, two letters (ISO 639-1).</param>
/// <param name="Date">When it was last changed, as far as is known.</param>
/// <param name="Tags">Tags it was given.</param>
public sealed record DocumentProperties(string Source, string Type, string Language, DateTimeOffset? Date, IReadOnlyList<string> Tags)
{
    /// <summary>The source of documents that people send.</summary>
    public const string Upload = "upload";
}
