using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using RagApp.Contracts;

namespace RagApp.Benchmarks.Answers;

/// <summary>Answers the calls of a <see cref="Contracts.Reading.ReadingClient"/> in this process, and times them.</summary>
/// <param name="reader">The reader; null to answer as an embedding service without one.</param>
internal sealed class ReaderHandler(CachedReader? reader) : HttpMessageHandler
{
    private readonly ConcurrentQueue<TimeSpan> _times = new();

    public IReadOnlyCollection<TimeSpan> Times => _times;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (reader is null)
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        var started = Stopwatch.GetTimestamp();
        var asked = await request.Content!.ReadFromJsonAsync(ContractsJson.Default.ReadRequest, cancellationToken);
        var response = new HttpResponseMessage { Content = JsonContent.Create(reader.Read(asked!), ContractsJson.Default.ReadResponse) };
        _times.Enqueue(Stopwatch.GetElapsedTime(started));
        return response;
    }
}
