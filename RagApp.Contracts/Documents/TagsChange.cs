namespace RagApp.Contracts.Documents;

/// <summary>Body of <c>PUT /documents/{id}/tags</c>.</summary>
/// <param name="Tags">All tags that the document has from now on, see <see cref="DocumentTag"/>; an empty list removes every tag.</param>
public sealed record TagsChange(IReadOnlyList<string> Tags);
