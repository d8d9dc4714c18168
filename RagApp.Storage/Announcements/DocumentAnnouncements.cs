using System.Text.Json;
using StackExchange.Redis;

namespace RagApp.Storage.Announcements;

/// <summary>
/// Announcements of changed documents between processes, by publish and subscribe on Redis. They are news, not
/// records: one that is lost costs a listener freshness, so listeners are told when some may have been.
/// </summary>
public sealed class DocumentAnnouncements(IConnectionMultiplexer redis)
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("{documents}:news");

    /// <summary>Whether announcements arrive here now.</summary>
    public bool IsConnected => redis.GetSubscriber().IsConnected(Channel);

    /// <summary>Sent without waiting: a document's progress never hangs on who hears of it.</summary>
    public void Announce(DocumentAnnouncement announcement) => redis.GetSubscriber().Publish(
        Channel, JsonSerializer.SerializeToUtf8Bytes(announcement, StorageJson.Plain.DocumentAnnouncement), CommandFlags.FireAndForget);

    /// <summary>Calls <paramref name="heard"/> with each announcement from now on, and <paramref name="missed"/> when some may not have come.</summary>
    /// <exception cref="RedisException">The server does not answer; try again later.</exception>
    public async Task SubscribeAsync(Action<DocumentAnnouncement> heard, Action missed, CancellationToken cancellationToken)
    {
        await redis.GetSubscriber().SubscribeAsync(
            Channel,
            (_, json) => heard(JsonSerializer.Deserialize((ReadOnlySpan<byte>)(byte[])json!, StorageJson.Plain.DocumentAnnouncement)!))
            .WaitAsync(cancellationToken);
        redis.ConnectionFailed += (_, _) => missed();
        redis.ConnectionRestored += (_, _) => missed();
    }
}
