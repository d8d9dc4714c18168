using RagApp.Storage.Access;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Which points a request is about. An empty filter matches everything on the server, so none can be made: a reader's
/// has tenant, access list and <c>live</c>, the writer's at least the tenant.
/// </summary>
internal sealed record QdrantFilter
{
    private QdrantFilter(IReadOnlyList<QdrantCondition> must) => Must = must;

    public IReadOnlyList<QdrantCondition> Must { get; }

    /// <summary>What a person may see: of the tenant, open to one of the entries, and live.</summary>
    public static QdrantFilter ForReader(AccessFilter access) => new(
    [
        QdrantCondition.Is(QdrantFields.Tenant, access.Tenant),
        QdrantCondition.AnyOf(QdrantFields.Access, access.Entries),
        QdrantCondition.Is(QdrantFields.Live, true),
    ]);

    /// <summary>All that the tenant has, live or not, whoever may read it: for the one that writes the index.</summary>
    public static QdrantFilter ForWriter(string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        return new([QdrantCondition.Is(QdrantFields.Tenant, tenant)]);
    }

    /// <summary>Of these points, those that the condition holds for as well.</summary>
    public QdrantFilter And(QdrantCondition condition) => new([.. Must, condition]);
}
