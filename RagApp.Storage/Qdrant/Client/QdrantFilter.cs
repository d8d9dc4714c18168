using Qdrant.Client.Grpc;
using RagApp.Storage.Access;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Which points a request is about. An empty filter matches everything on the server, so none can be made: a reader's
/// has tenant, access list and what answers, the writer's at least the tenant.
/// </summary>
internal sealed class QdrantFilter
{
    private QdrantFilter(params Condition[] must) => Must = must;

    public IReadOnlyList<Condition> Must { get; }

    /// <summary>What a person may see: of the tenant, open to one of the entries, and live.</summary>
    public static QdrantFilter ForReader(AccessFilter access) => ForReader(access, QdrantCondition.Is(QdrantFields.Live, true));

    /// <summary>The same, with another condition for what answers.</summary>
    public static QdrantFilter ForReader(AccessFilter access, Condition answers) => new(
        QdrantCondition.Is(QdrantFields.Tenant, access.Tenant),
        QdrantCondition.AnyOf(QdrantFields.Access, access.Entries),
        answers);

    /// <summary>All that the tenant has, live or not, whoever may read it: for the one that writes the index.</summary>
    public static QdrantFilter ForWriter(string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        return new(QdrantCondition.Is(QdrantFields.Tenant, tenant));
    }

    /// <summary>Of these points, those that the condition holds for as well.</summary>
    public QdrantFilter And(Condition condition) => new([.. Must, condition]);

    public Filter ToMessage() => new() { Must = { Must } };
}
