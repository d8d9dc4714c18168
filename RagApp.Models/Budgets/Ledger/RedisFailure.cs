using StackExchange.Redis;

namespace RagApp.Models.Budgets.Ledger;

internal static class RedisFailure
{
    /// <summary>True when the ledger's server did not answer, or the connection is closed because the program ends; a change may have been made all the same.</summary>
    public static bool Is(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;
}
