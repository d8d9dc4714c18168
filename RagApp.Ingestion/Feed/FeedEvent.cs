using System.Text.Json;
using RagApp.Contracts;
using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Feed;

/// <summary>One Server-Sent Event; <paramref name="Data"/> is JSON on one line.</summary>
internal sealed record FeedEvent(string Name, string Data)
{
    public static readonly FeedEvent Resync = new(DocumentEvents.Resync, "{}");

    public static FeedEvent Changed(DocumentInfo info) =>
        new(DocumentEvents.Changed, JsonSerializer.Serialize(info, ContractsJson.Default.DocumentInfo));

    public static FeedEvent Removed(string documentId) =>
        new(DocumentEvents.Removed, JsonSerializer.Serialize(new(documentId), ContractsJson.Default.RemovedDocument));

    public static FeedEvent Closed(ClosedFeed closed) =>
        new(DocumentEvents.Closed, JsonSerializer.Serialize(closed, ContractsJson.Default.ClosedFeed));
}
