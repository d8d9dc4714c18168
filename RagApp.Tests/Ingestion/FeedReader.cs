using System.Net.ServerSentEvents;
using System.Text.Json;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;

namespace RagApp.Tests.Ingestion;

/// <summary>Reads the document feed of one principal.</summary>
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

    /// <summary>Opens a feed and reads its first event, which must be <c>resync</c>.</summary>
    public static async Task<FeedReader> OpenAsync(IngestionService service, Principal principal, CancellationToken cancellationToken)
    {
        var feed = await OpenAsync(await service.Documents.FollowAsync(principal, cancellationToken), cancellationToken);
        var first = await feed.NextAsync();
        return first?.EventType == DocumentEvents.Resync ? feed : throw new InvalidOperationException($"The feed began with {first}.");
    }

    public static async Task<FeedReader> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(response, await response.Content.ReadAsStreamAsync(cancellationToken));

    /// <summary>The next event; null at the end of the feed.</summary>
    public async Task<SseItem<string>?> NextAsync() =>
        await _events.MoveNextAsync().AsTask().WaitAsync(Patience) ? _events.Current : null;

    /// <summary>The next event that is not a document state; a state from before the feed was opened may still arrive.</summary>
    public async Task<SseItem<string>?> NextButStatesAsync()
    {
        while (await NextAsync() is { } next)
        {
            if (next.EventType != DocumentEvents.Changed)
                return next;
        }
        return null;
    }

    /// <summary>
    /// Reads events until a state of the document satisfies <paramref name="last"/>; returns the states of the document.
    /// <paramref name="seen"/> receives every event that was read.
    /// </summary>
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
