using Qdrant.Client.Grpc;
using RagApp.Storage.Access;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Selects the points of a request. The server would match every point with an empty filter, so none can be made: a reader's
/// filter has tenant, access list and live version, a writer's at least the tenant.
/// </summary>
internal sealed class QdrantFilter
{
    private QdrantFilter(params Condition[] must) => Must = must;

    public IReadOnlyList<Condition> Must { get; }

    /// <summary>Matches the live points of the tenant that the person may read.</summary>
    public static QdrantFilter ForReader(AccessFilter access) => ForReader(access, QdrantCondition.Is(QdrantFields.Live, true));

    /// <summary>Matches the points of the tenant that the person may read, with another condition instead of being live.</summary>
    public static QdrantFilter ForReader(AccessFilter access, Condition answers) => new(
        QdrantCondition.Is(QdrantFields.Tenant, access.Tenant),
        QdrantCondition.AnyOf(QdrantFields.Access, access.Entries),
        answers);

    /// <summary>Matches all points of the tenant, live or not and with any access list, for the process that writes the index.</summary>
    public static QdrantFilter ForWriter(string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        return new(QdrantCondition.Is(QdrantFields.Tenant, tenant));
    }

    /// <summary>This filter with a further condition.</summary>
    public QdrantFilter And(Condition condition) => new([.. Must, condition]);

    public Filter ToMessage() => new() { Must = { Must } };
}
