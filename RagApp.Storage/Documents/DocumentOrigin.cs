namespace RagApp.Storage.Documents;

/// <summary>Where a document came out of: a mail it was attached to, an archive it lay in.</summary>
/// <param name="RootId">The document that was uploaded.</param>
/// <param name="ParentId">The document that it lies in directly; the root, unless files are nested.</param>
/// <param name="ParentVersion">The version of the parent that brought the newest version of this one.</param>
/// <param name="Depth">1 in the root itself.</param>
public sealed record DocumentOrigin(string RootId, string ParentId, int ParentVersion, int Depth);
