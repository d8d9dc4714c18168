namespace RagApp.Storage.Documents;

/// <summary>
/// All documents that came out of one upload, however nested, kept beside the manifest of that upload. A document is
/// listed before it is made and taken off the list after it is removed, so that none is ever forgotten.
/// </summary>
/// <param name="RootId">The document that was uploaded.</param>
/// <param name="Nodes">Those that hold others, by id.</param>
public sealed record DocumentTree(string Tenant, string RootId, IReadOnlyDictionary<string, DocumentTreeNode> Nodes)
{
    /// <summary>The life of the root's path; the root's id for what was stored before lives were told apart.</summary>
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

    /// <summary>Without documents that are gone, and all that was in them.</summary>
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

    /// <summary>Everything inside a document, the outer ones first.</summary>
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

/// <summary>What one document holds.</summary>
/// <param name="Bytes">Most that its members unpack to.</param>
/// <param name="Members">Ids of the documents directly in it.</param>
public sealed record DocumentTreeNode(long Bytes, IReadOnlyList<string> Members)
{
    public static readonly DocumentTreeNode Empty = new(0, []);
}

/// <summary>A tree as it stands in the store, with the tag to change it under.</summary>
public sealed record StoredTree(DocumentTree Tree, string ETag);
