namespace RagApp.Contracts.Search;

/// <summary>Properties of a document that searches can filter by.</summary>
/// <param name="Source">Place the document came from, such as <c>upload</c>.</param>
/// <param name="Type">Kind of file, one of <see cref="DocumentTypes"/>.</param>
/// <param name="Language">Language of the text, two letters (ISO 639-1).</param>
/// <param name="Date">Date of the last change or else of writing, both as the document states them, or else of the upload.</param>
/// <param name="Tags">Tags given by people, and tags set for findings, such as <c>dlp:payment-card</c>.</param>
public sealed record DocumentProperties(string Source, string Type, string Language, DateTimeOffset? Date, IReadOnlyList<string> Tags)
{
    /// <summary>Source of documents that people upload without naming another source.</summary>
    public const string Upload = "upload";
}
