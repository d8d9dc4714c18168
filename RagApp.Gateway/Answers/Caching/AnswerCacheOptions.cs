using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>The cache of answers that chat models gave, section <c>AnswerCache</c>. It is used when the gateway has a Redis and a data folder or bucket.</summary>
internal sealed class AnswerCacheOptions
{
    public const string Section = "AnswerCache";

    /// <summary>True to keep answers and give them again; true by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Tenants whose answers are not kept; none by default.</summary>
    public IReadOnlyList<string> OffFor { get; set; } = [];

    /// <summary>Time after which an answer is not given again, 00:01:00 to 30.00:00:00; 1 day by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "AnswerCache:TimeToLive lies between 00:01:00 and 30.00:00:00.")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Largest number of answers of a tenant, 1 to 5,000; 500 by default. The oldest one gives way.</summary>
    [Range(1, 5_000, ErrorMessage = "AnswerCache:Entries lies between 1 and 5,000.")]
    public int Entries { get; set; } = 500;

    public bool IsOnFor(string tenant) => Enabled && !OffFor.Contains(tenant, StringComparer.Ordinal);
}
