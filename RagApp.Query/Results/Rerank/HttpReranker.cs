using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;

namespace RagApp.Query.Results.Rerank;

/// <summary>A reranker that is called over HTTP.</summary>
internal sealed class HttpReranker(HttpClient http, IOptions<RerankOptions> options) : IReranker
{
    public async Task<IReadOnlyList<double>> ScoreAsync(
        Principal principal, string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        using var content = Request(question, passages);
        using var response = await http.PostAsync(options.Value.Endpoint, content, cancellationToken);
        response.EnsureSuccessStatusCode();
        try
        {
            return InOrder(await ReadAsync(response.Content, cancellationToken), passages.Count);
        }
        catch (JsonException exception)
        {
            throw new FormatException("The reranker answered with something other than its protocol.", exception);
        }
    }

    private JsonContent Request(string question, IReadOnlyList<string> passages) => options.Value.Protocol switch
    {
        RerankProtocol.Tei => JsonContent.Create(new TeiRequest(question, passages, Truncate: true), RerankJson.Default.TeiRequest),
        _ => JsonContent.Create(new CohereRequest(options.Value.Model, question, passages), RerankJson.Default.CohereRequest),
    };

    private async Task<IEnumerable<(int? Index, double? Score)>> ReadAsync(HttpContent content, CancellationToken cancellationToken) =>
        options.Value.Protocol switch
        {
            RerankProtocol.Tei => (await content.ReadFromJsonAsync(RerankJson.Default.IReadOnlyListTeiResult, cancellationToken) ?? [])
                .Select(result => (result.Index, result.Score)),
            _ => ((await content.ReadFromJsonAsync(RerankJson.Default.CohereResponse, cancellationToken))?.Results ?? [])
                .Select(result => (result.Index, result.RelevanceScore)),
        };

    /// <summary>Puts the scores into the order of the passages; each passage must be named once, with a score.</summary>
    private static double[] InOrder(IEnumerable<(int? Index, double? Score)> results, int count)
    {
        var scores = new double?[count];
        foreach (var (index, score) in results)
        {
            if (index is not { } at || at < 0 || at >= count || scores[at] is not null || score is not (>= 0 and <= 1))
                throw new FormatException("The reranker names passages that it was not given, or scores that do not lie between 0 and 1.");
            scores[at] = score;
        }
        return [.. scores.Select(score => score ?? throw new FormatException("The reranker left out passages."))];
    }
}
