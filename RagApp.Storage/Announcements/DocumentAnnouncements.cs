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

    private readonly string _sender = Guid.NewGuid().ToString("N");

    /// <summary>Whether announcements arrive here now.</summary>
    public bool IsConnected => redis.GetSubscriber().IsConnected(Channel);

    /// <summary>Sent without waiting: a document's progress never hangs on who hears of it.</summary>
    public void Announce(DocumentAnnouncement announcement) => redis.GetSubscriber().Publish(
        Channel, JsonSerializer.SerializeToUtf8Bytes(announcement with { Sender = _sender }, StorageJson.Plain.DocumentAnnouncement), CommandFlags.FireAndForget);

    /// <summary>Whether an announcement that was heard is one of this process.</summary>
    public bool IsOwn(DocumentAnnouncement heard) => string.Equals(heard.Sender, _sender, StringComparison.Ordinal);

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
