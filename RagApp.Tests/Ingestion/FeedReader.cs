using System.Net.ServerSentEvents;
using System.Text.Json;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;

namespace RagApp.Tests.Ingestion;

/// <summary>A feed as one principal follows it.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private FeedReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _events = SseParser.Create(body).EnumerateAsync(CancellationToken.None).GetAsyncEnumerator();
    }

    /// <summary>Opens a feed and reads the <c>resync</c> it begins with.</summary>
    public static async Task<FeedReader> OpenAsync(IngestionService service, Principal principal, CancellationToken cancellationToken)
    {
        var feed = await OpenAsync(await service.Documents.FollowAsync(principal, cancellationToken), cancellationToken);
        var first = await feed.NextAsync();
        return first?.EventType == DocumentEvents.Resync ? feed : throw new InvalidOperationException($"The feed began with {first}.");
    }

    public static async Task<FeedReader> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(response, await response.Content.ReadAsStreamAsync(cancellationToken));

    /// <summary>The next event; null at the end.</summary>
    public async Task<SseItem<string>?> NextAsync() =>
        await _events.MoveNextAsync().AsTask().WaitAsync(Patience) ? _events.Current : null;

    /// <summary>The next event that is no state of a document: one from before the feed may still be on its way.</summary>
    public async Task<SseItem<string>?> NextButStatesAsync()
    {
        while (await NextAsync() is { } next)
        {
            if (next.EventType != DocumentEvents.Changed)
                return next;
        }
        return null;
    }

    /// <summary>The states of one document that are told until the one that <paramref name="last"/> waits for, and every event on the way.</summary>
    public async Task<IReadOnlyList<DocumentInfo>> UntilAsync(string id, Func<DocumentInfo, bool> last, List<SseItem<string>>? seen = null)
    {
        var states = new List<DocumentInfo>();
        while (await NextAsync() is { } next)
        {
            seen?.Add(next);
            if (next.EventType != DocumentEvents.Changed || Document(next) is not { } info || info.Id != id)
                continue;
            states.Add(info);
            if (last(info))
                return states;
        }
        throw new InvalidOperationException("The feed ended.");
    }

    public static DocumentInfo Document(SseItem<string> item) => JsonSerializer.Deserialize(item.Data, ContractsJson.Default.DocumentInfo)!;

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
