namespace RagApp.Storage.Documents;

/// <summary>Where a document came out of: a mail it was attached to, an archive it lay in.</summary>
/// <param name="RootId">The document that was uploaded.</param>
/// <param name="ParentId">The document that it lies in directly; the root, unless files are nested.</param>
/// <param name="ParentVersion">The version of the parent that brought the newest version of this one.</param>
/// <param name="Depth">1 in the root itself.</param>
public sealed record DocumentOrigin(string RootId, string ParentId, int ParentVersion, int Depth)
{
    /// <summary>The life of the root's path; the root's id for what was stored before lives were told apart.</summary>
    public string RootIncarnation { get; init => field = value ?? RootId; } = RootId;

    /// <summary>The life of the parent's path; the parent's id for what was stored before lives were told apart.</summary>
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
