namespace RagApp.Contracts.Documents;

/// <summary>Body of <c>PUT /documents/{id}/access</c>.</summary>
/// <param name="Access">Who may read the document from now on: <c>public</c>, <c>user:NAME</c>, <c>group:NAME</c>; at least one.</param>
/// <param name="WithoutMe">Says that the list may be one that the caller does not stand on; without it such a list is refused.</param>
public sealed record AccessChange(IReadOnlyList<string> Access, bool WithoutMe = false);
