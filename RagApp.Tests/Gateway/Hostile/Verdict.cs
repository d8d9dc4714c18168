using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using RagApp.Contracts;

namespace RagApp.Tests.Gateway.Hostile;

/// <summary>Collects the responses that are neither a success nor a 4xx problem with a sentence that helps the caller.</summary>
internal sealed class Verdict(HttpClient client)
{
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private int _requests;

    /// <summary>Sends a request and checks the status of the response and, for an error, its body.</summary>
    /// <param name="kind">Short description of the request; only the first fault of each kind is reported.</param>
    public async Task SendAsync(string kind, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        using (request)
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (await FaultOfAsync(response, cancellationToken) is { } fault)
                _faults.TryAdd($"{request.Method} {Short(request.RequestUri!.OriginalString)} {kind}", fault);
        }
    }

    public void ShouldBeGood(int atLeast)
    {
        _requests.ShouldBeGreaterThan(atLeast);
        string.Join('\n', _faults.Take(30).Select(fault => $"{fault.Key}: {fault.Value}")).ShouldBeEmpty($"{_faults.Count} kinds of {_requests} requests");
    }

    private static async Task<string?> FaultOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
            return null;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (status is < 400 or >= 500)
            return $"{status} {Short(body)}";
        if (SentenceOf(response, body) is not { } sentence)
            return $"{status} is no problem: {Short(body)}";
        return sentence is { Length: > 20 } && sentence[^1] == '.' && !sentence.Contains("RagApp.", StringComparison.Ordinal) && !sentence.Contains("parameter \"", StringComparison.Ordinal)
            ? null
            : $"{status} without a sentence: {Short(body)}";
    }

    /// <summary>The sentence of a problem, or of an error in OpenAI's format; null when the body is neither, empty when there is none.</summary>
    private static string? SentenceOf(HttpResponseMessage response, string body) => response.Content.Headers.ContentType?.MediaType switch
    {
        "application/problem+json" => JsonSerializer.Deserialize(body, ContractsJson.Default.Problem)!.Detail ?? "",
        "application/json" => JsonNode.Parse(body)?["error"]?["message"]?.GetValue<string>(),
        _ => null,
    };

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
