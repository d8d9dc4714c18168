using System.Collections.Concurrent;
using System.Net.Http.Json;
using RagApp.Contracts;
using Shouldly;

namespace RagApp.Tests.Gateway.Hostile;

/// <summary>Collects the answers that are neither a success nor a problem of the caller's with a sentence for people.</summary>
internal sealed class Verdict(HttpClient client)
{
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private int _requests;

    /// <summary>Sends a request and looks at its answer's head, and at all of it when it is an error.</summary>
    /// <param name="kind">What was sent, in short: one fault of a kind is told.</param>
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
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{status} is no problem: {Short(body)}";
        var problem = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.Problem, cancellationToken))!;
        return problem.Detail is { Length: > 20 } detail && detail[^1] == '.' && !detail.Contains("RagApp.", StringComparison.Ordinal) && !detail.Contains("parameter \"", StringComparison.Ordinal)
            ? null
            : $"{status} without a sentence: {Short(body)}";
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
