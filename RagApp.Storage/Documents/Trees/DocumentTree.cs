namespace RagApp.Storage.Documents.Trees;

/// <summary>
/// All documents that were extracted from one upload, at any depth, stored beside the upload's manifest. A document is listed
/// before it is created and unlisted after it is removed, so that a crash forgets none.
/// </summary>
/// <param name="RootId">Id of the uploaded document.</param>
/// <param name="Nodes">The documents that contain others, by id.</param>
public sealed record DocumentTree(string Tenant, string RootId, IReadOnlyDictionary<string, DocumentTreeNode> Nodes)
{
    /// <summary>Incarnation of the root; the root's id for documents from before incarnations existed.</summary>
    public string RootIncarnation { get; init => field = value ?? RootId; } = RootId;

    public static DocumentTree Empty(string tenant, string rootId, string rootIncarnation) =>
        new(tenant, rootId, new Dictionary<string, DocumentTreeNode>(StringComparer.Ordinal)) { RootIncarnation = rootIncarnation };

    public DocumentTreeNode NodeOf(string id) => Nodes.GetValueOrDefault(id) ?? DocumentTreeNode.Empty;

    public DocumentTree With(string id, DocumentTreeNode node)
    {
        var nodes = new Dictionary<string, DocumentTreeNode>(Nodes, StringComparer.Ordinal);
        if (node.Members.Count == 0)
            nodes.Remove(id);
        else
            nodes[id] = node;
        return this with { Nodes = nodes };
    }

    /// <summary>The tree without these documents and everything in them.</summary>
    public DocumentTree Without(IEnumerable<string> ids)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
            gone.UnionWith([id, .. Inside(id)]);
        return this with
        {
            Nodes = Nodes.Where(pair => !gone.Contains(pair.Key))
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Members = [.. pair.Value.Members.Where(member => !gone.Contains(member))] }))
                .Where(pair => pair.Value.Members.Count > 0)
                .ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>Ids of all documents inside a document at any depth, outer ones first.</summary>
    public IReadOnlyList<string> Inside(string id)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        var open = new Queue<string>([id]);
        while (open.TryDequeue(out var next))
        {
            foreach (var member in NodeOf(next).Members.Where(seen.Add))
            {
                found.Add(member);
                open.Enqueue(member);
            }
        }
        return found;
    }
}

/// <summary>The documents that one document directly contains.</summary>
/// <param name="Bytes">Sum of the size limits of the members when they are unpacked, in bytes.</param>
/// <param name="Members">Ids of the documents directly in this one.</param>
public sealed record DocumentTreeNode(long Bytes, IReadOnlyList<string> Members)
{
    public static readonly DocumentTreeNode Empty = new(0, []);
}

/// <summary>A stored tree with the entity tag that a change must name.</summary>
public sealed record StoredTree(DocumentTree Tree, string ETag);
