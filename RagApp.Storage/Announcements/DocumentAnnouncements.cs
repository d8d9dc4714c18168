using System.Text.Json;
using StackExchange.Redis;

namespace RagApp.Storage.Announcements;

/// <summary>
/// Announces changed documents between processes, by publish and subscribe on Redis. Announcements can be lost, which only
/// delays a listener's update: listeners are told when some may have been lost.
/// </summary>
public sealed class DocumentAnnouncements(IConnectionMultiplexer redis)
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("{documents}:news");

    private readonly string _sender = Guid.NewGuid().ToString("N");

    /// <summary>True while this process receives announcements.</summary>
    public bool IsConnected => redis.GetSubscriber().IsConnected(Channel);

    /// <summary>Sends an announcement without waiting for Redis, so that the processing of a document does not depend on it.</summary>
    public void Announce(DocumentAnnouncement announcement) => redis.GetSubscriber().Publish(
        Channel, JsonSerializer.SerializeToUtf8Bytes(announcement with { Sender = _sender }, AnnouncementsJson.Plain.DocumentAnnouncement), CommandFlags.FireAndForget);

    /// <summary>True when this process sent the announcement.</summary>
    public bool IsOwn(DocumentAnnouncement heard) => string.Equals(heard.Sender, _sender, StringComparison.Ordinal);

    /// <summary>
    /// Calls <paramref name="heard"/> with each announcement from now on, and <paramref name="missed"/> when some may have been
    /// lost.
    /// </summary>
    /// <exception cref="RedisException">The server does not answer; try again later.</exception>
    public async Task SubscribeAsync(Action<DocumentAnnouncement> heard, Action missed, CancellationToken cancellationToken)
    {
        await redis.GetSubscriber().SubscribeAsync(
            Channel,
            (_, json) => heard(JsonSerializer.Deserialize((ReadOnlySpan<byte>)(byte[])json!, AnnouncementsJson.Plain.DocumentAnnouncement)!))
            .WaitAsync(cancellationToken);
        redis.ConnectionFailed += (_, _) => missed();
        redis.ConnectionRestored += (_, _) => missed();
    }
}
