namespace RagApp.Contracts.Documents;

/// <summary>Body of <c>PUT /documents/{id}/access</c>.</summary>
/// <param name="Access">
/// People and groups who may read the document from now on: <c>public</c>, <c>user:NAME</c>, <c>group:NAME</c>; at least one.
/// </param>
/// <param name="WithoutMe">True to allow a list that does not include the caller; without it such a list is refused.</param>
public sealed record AccessChange(IReadOnlyList<string> Access, bool WithoutMe = false);
