using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Feed;

/// <summary>The feed of changed documents, section <c>Feed</c>.</summary>
public sealed class FeedOptions
{
    public const string Section = "Feed";

    /// <summary>Number of feeds a person or program may have open at once in one process, 1 to 1,000; 16 by default.</summary>
    [Range(1, 1_000, ErrorMessage = "Feed:MaxPerPrincipal lies between 1 and 1000.")]
    public int MaxPerPrincipal { get; set; } = 16;

    /// <summary>Time without an event after which a comment is sent to keep the connection open, 1 s to 5 min; 15 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Feed:Heartbeat lies between 00:00:01 and 00:05:00.")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Time after which a feed ends and the follower opens it again, 10 s to 1 day; 10 minutes by default. A feed uses
    /// the groups its follower had at the start.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ErrorMessage = "Feed:Lifetime lies between 00:00:10 and 1.00:00:00.")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);
}
