namespace RagApp.Storage.Documents.Manifests;

/// <summary>The containers of a document that was not uploaded itself: the mail it was attached to, or the archive it was in.</summary>
/// <param name="RootId">Id of the uploaded document.</param>
/// <param name="ParentId">Id of the document that directly contains this one; equal to the root's, unless files are nested.</param>
/// <param name="ParentVersion">Version of the parent that contained the newest version of this document.</param>
/// <param name="Depth">Levels of nesting; 1 directly in the root.</param>
public sealed record DocumentOrigin(string RootId, string ParentId, int ParentVersion, int Depth)
{
    /// <summary>Incarnation of the root; the root's id for documents from before incarnations existed.</summary>
    public string RootIncarnation { get; init => field = value ?? RootId; } = RootId;

    /// <summary>Incarnation of the parent; the parent's id for documents from before incarnations existed.</summary>
    public string ParentIncarnation { get; init => field = value ?? ParentId; } = ParentId;

    public static DocumentOrigin In(DocumentManifest parent) =>
        new(parent.UploadId, parent.Id, parent.Latest.Number, (parent.Origin?.Depth ?? 0) + 1)
        {
            RootIncarnation = parent.UploadIncarnation,
            ParentIncarnation = parent.Incarnation,
        };

    public bool IsDirectlyIn(DocumentManifest parent) =>
        string.Equals(ParentId, parent.Id, StringComparison.Ordinal) && string.Equals(ParentIncarnation, parent.Incarnation, StringComparison.Ordinal);
}
