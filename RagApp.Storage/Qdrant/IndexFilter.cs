using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>Builds all filters for the points that a search may find and a writer may change.</summary>
internal static class IndexFilter
{
    public static QdrantFilter ForReader(AccessFilter access, IndexGeneration generation, SearchFilters? narrowing) =>
        Narrow(QdrantFilter.ForReader(access), generation, narrowing);

    /// <summary>
    /// Filter for a search that has met two versions of a document: matches of each document in <paramref name="versions"/> the
    /// named version, live or not, and any later live one. A version is written completely before any of its points is live.
    /// </summary>
    public static QdrantFilter ForReader(AccessFilter access, IndexGeneration generation, SearchFilters? narrowing, IReadOnlyDictionary<string, int> versions)
    {
        var live = QdrantCondition.Is(QdrantFields.Live, true);
        return Narrow(
            QdrantFilter.ForReader(access, QdrantCondition.EitherOf(
            [
                QdrantCondition.AllOf(live, QdrantCondition.Not(QdrantCondition.AnyOf(QdrantFields.Document, versions.Keys))),
                .. versions.Select(version => QdrantCondition.AllOf(
                    QdrantCondition.Is(QdrantFields.Document, version.Key),
                    QdrantCondition.AtLeast(QdrantFields.Version, version.Value),
                    QdrantCondition.EitherOf(live, QdrantCondition.Is(QdrantFields.Version, version.Value)))),
            ])),
            generation, narrowing);
    }

    /// <summary>Matches all points of a generation.</summary>
    public static QdrantFilter ForWriter(string tenant, string generation) =>
        QdrantFilter.ForWriter(tenant).And(QdrantCondition.Is(QdrantFields.Generation, generation));

    /// <summary>Matches all points of a document in a generation.</summary>
    public static QdrantFilter ForWriter(string tenant, string generation, string documentId) =>
        ForWriter(tenant, generation).And(QdrantCondition.Is(QdrantFields.Document, documentId));

    /// <summary>Matches all points of these documents in a generation.</summary>
    public static QdrantFilter ForWriter(string tenant, string generation, IReadOnlyCollection<string> documentIds) =>
        ForWriter(tenant, generation).And(QdrantCondition.AnyOf(QdrantFields.Document, documentIds));

    private static QdrantFilter Narrow(QdrantFilter reader, IndexGeneration generation, SearchFilters? narrowing)
    {
        var filter = reader.And(QdrantCondition.Is(QdrantFields.Generation, generation.Id));
        if (narrowing is null)
            return filter;
        filter = And(filter, QdrantFields.Document, narrowing.Documents);
        filter = And(filter, QdrantFields.Source, narrowing.Sources);
        filter = And(filter, QdrantFields.Type, narrowing.Types);
        filter = And(filter, QdrantFields.Tags, narrowing.Tags);
        filter = And(filter, QdrantFields.Language, narrowing.Languages);
        return narrowing.From is null && narrowing.Before is null
            ? filter
            : filter.And(QdrantCondition.Between(QdrantFields.Date, narrowing.From, narrowing.Before));
    }

    private static QdrantFilter And(QdrantFilter filter, string field, IReadOnlyList<string>? values) =>
        values is null ? filter : filter.And(QdrantCondition.AnyOf(field, values));
}
