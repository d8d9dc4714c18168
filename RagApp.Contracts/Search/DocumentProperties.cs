namespace RagApp.Contracts.Search;

/// <summary>What a document is filtered by.</summary>
/// <param name="Source">Where it came from, such as <c>upload</c>.</param>
/// <param name="Type">Its kind of file, one of <see cref="DocumentTypes"/>.</param>
/// <param name="Language">Language of its text, two letters (ISO 639-1).</param>
/// <param name="Date">When it was last changed, else written, as it says itself, else uploaded.</param>
/// <param name="Tags">Tags it was given, and those that say what was found in it, such as <c>dlp:payment-card</c>.</param>
public sealed record DocumentProperties(string Source, string Type, string Language, DateTimeOffset? Date, IReadOnlyList<string> Tags)
{
    /// <summary>The source of documents that people send.</summary>
    public const string Upload = "upload";
}
