using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>Keys of the ledger; the braces keep them on one node of a Redis cluster.</summary>
internal static class LedgerKeys
{
    public static readonly RedisKey Reservations = "{budget}:reservations";
    public static readonly RedisKey Expiries = "{budget}:expiries";
    public static readonly RedisKey Settled = "{budget}:settled";
    public static readonly RedisKey Outbox = "{budget}:outbox";

    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(2);
    private static readonly TimeSpan HoursKept = TimeSpan.FromDays(9);

    private static readonly RedisKey[] Fixed = ["{budget}:state", Reservations, Expiries, Settled, Outbox];

    /// <summary>The keys that every script gets, then those of the windows.</summary>
    public static RedisKey[] With(params ReadOnlySpan<RedisKey> windows) => [.. Fixed, .. windows];

    public static RedisKey Window(string name) => $"{{budget}}:spent:{name}";

    /// <summary>Key of what was spent in one hour, by tenant, API key and model.</summary>
    public static RedisKey Hour(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{{budget}}:hour:{at.UtcDateTime:yyyy-MM-ddTHH}");

    /// <summary>Time in milliseconds since 1970 at which the key of a window is deleted.</summary>
    public static long EndOf(BudgetWindow window) => (window.RenewsAt + KeptAfterEnd).ToUnixTimeMilliseconds();

    /// <summary>Time at which the key of an hour is deleted.</summary>
    public static long EndOfHour(DateTimeOffset hour) => (hour + HoursKept).ToUnixTimeMilliseconds();

    /// <summary>Key of the soft limits of a window that have raised their event.</summary>
    public static RedisKey Raised(string window) => $"{{budget}}:raised:{window}";
}
