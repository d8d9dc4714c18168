using System.ComponentModel.DataAnnotations;

namespace RagApp.Embedding.Cache;

/// <summary>The cache of vectors and readings, section <c>Embedding:Cache</c>. It is used when <c>ConnectionStrings:redis</c> is set.</summary>
public sealed class EmbeddingCacheOptions
{
    public const string Section = "Embedding:Cache";

    /// <summary>Time to live of a cached vector or reading, 00:01:00 to 366.00:00:00; 30 days by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00", ErrorMessage = "Embedding:Cache:TimeToLive lies between 00:01:00 and 366.00:00:00.")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Longest wait for one call to the cache, 00:00:00.010 to 00:00:10; 1 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ErrorMessage = "Embedding:Cache:Timeout lies between 00:00:00.010 and 00:00:10.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time that the service bypasses the cache after a failed call, 00:00:01 to 00:10:00; 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Embedding:Cache:Pause lies between 00:00:01 and 00:10:00.")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(30);
}
