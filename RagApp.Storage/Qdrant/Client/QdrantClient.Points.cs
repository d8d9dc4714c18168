using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Points: writing, asking, walking through.</summary>
internal sealed partial class QdrantClient
{
    /// <summary>Points that one page of a scroll has.</summary>
    private const int PageSize = 500;

    /// <summary>A change that must not overtake another on some copy; costs a step to the copies' leader.</summary>
    private const string InOrder = "wait=true&ordering=medium";

    /// <summary>
    /// Writes points, in the place of those with the same ids, in requests of bounded size. Each request is taken whole
    /// or refused whole; an earlier one stays when a later one fails.
    /// </summary>
    public async Task UpsertAsync(string collection, IEnumerable<QdrantPoint> points, CancellationToken cancellationToken)
    {
        foreach (var body in UpsertBodies.Of(points))
        {
            var request = new QdrantRequest(HttpMethod.Put, $"{Points(collection)}?wait=true") { IsWrite = true, Body = body };
            await transport.SendAsync(request, Json.UpdateAnswer, cancellationToken);
        }
    }

    /// <summary>Carries out the operations in this order. A reader may see the state between two of them.</summary>
    public Task BatchAsync(string collection, IReadOnlyList<QdrantOperation> operations, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, $"{Points(collection)}/batch?{InOrder}", new QdrantBatch(operations), Json.QdrantBatch, Json.UpdatesAnswer, cancellationToken);

    /// <summary>Sets these payload fields on every point that the filter finds.</summary>
    public Task SetPayloadAsync(string collection, QdrantFilter filter, JsonElement payload, CancellationToken cancellationToken) =>
        SetPayloadAsync(collection, new QdrantPayload(payload) { Filter = filter }, cancellationToken);

    public Task SetPayloadAsync(string collection, IReadOnlyList<Guid> points, JsonElement payload, CancellationToken cancellationToken) =>
        SetPayloadAsync(collection, new QdrantPayload(payload) { Points = points }, cancellationToken);

    /// <summary>Removes every point that the filter finds.</summary>
    public Task DeleteAsync(string collection, QdrantFilter filter, CancellationToken cancellationToken) =>
        DeleteAsync(collection, new QdrantSelected { Filter = filter }, cancellationToken);

    /// <summary>Removes points; those that are not there are passed over.</summary>
    public Task DeleteAsync(string collection, IReadOnlyList<Guid> points, CancellationToken cancellationToken) =>
        DeleteAsync(collection, new QdrantSelected { Points = points }, cancellationToken);

    public async Task<IReadOnlyList<QdrantHit>> QueryAsync(string collection, QdrantQuery query, CancellationToken cancellationToken) =>
        (await AskAsync($"{Points(collection)}/query", query, Json.QdrantQuery, Json.HitsAnswer, cancellationToken)).Points;

    /// <summary>The answer to each query, in their order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<QdrantHit>>> QueryAsync(
        string collection, IReadOnlyList<QdrantQuery> queries, CancellationToken cancellationToken) =>
        [.. (await AskAsync($"{Points(collection)}/query/batch", new QdrantQueries(queries), Json.QdrantQueries, Json.HitListsAnswer, cancellationToken))
            .Select(list => list.Points)];

    /// <summary>How many points there are; null for all of the collection.</summary>
    /// <param name="exact">False for an estimate, which costs less.</param>
    public async Task<long> CountAsync(string collection, QdrantFilter? filter, bool exact, CancellationToken cancellationToken) =>
        (await AskAsync($"{Points(collection)}/count", new QdrantCountRequest(exact) { Filter = filter }, Json.QdrantCountRequest, Json.CountAnswer, cancellationToken)).Count;

    /// <summary>All points, or those that the filter finds, by id.</summary>
    public async IAsyncEnumerable<QdrantPoint> ScrollAsync(
        string collection, QdrantFilter? filter, QdrantSelection payload, QdrantSelection vectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = new QdrantScrollRequest(PageSize, payload, vectors) { Filter = filter };
        while (true)
        {
            var page = await AskAsync($"{Points(collection)}/scroll", next, Json.QdrantScrollRequest, Json.PageAnswer, cancellationToken);
            foreach (var point in page.Points)
                yield return point;
            if (page.NextPageOffset is null)
                yield break;
            next = next with { Offset = page.NextPageOffset };
        }
    }

    /// <summary>The values of a keyword field with how many points have each, most frequent first.</summary>
    public async Task<IReadOnlyList<QdrantFacet>> FacetAsync(string collection, string field, QdrantFilter? filter, int limit, CancellationToken cancellationToken) =>
        (await AskAsync($"collections/{Name(collection)}/facet", new QdrantFacetRequest(field, limit, Exact: true) { Filter = filter }, Json.QdrantFacetRequest, Json.FacetsAnswer, cancellationToken)).Hits;

    private static string Points(string collection) => $"collections/{Name(collection)}/points";

    private Task<QdrantUpdate> SetPayloadAsync(string collection, QdrantPayload payload, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, $"{Points(collection)}/payload?{InOrder}", payload, Json.QdrantPayload, Json.UpdateAnswer, cancellationToken);

    private Task<QdrantUpdate> DeleteAsync(string collection, QdrantSelected selected, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, $"{Points(collection)}/delete?{InOrder}", selected, Json.QdrantSelected, Json.UpdateAnswer, cancellationToken);
}
