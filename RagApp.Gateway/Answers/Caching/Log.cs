namespace RagApp.Gateway.Answers.Caching;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The cache of answers is away ({Error}); models answer for {Pause} without it")]
    public static partial void CacheAway(this ILogger logger, string error, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "An answer is not looked up in the cache, because the tenant's key cannot be read ({Error})")]
    public static partial void NoKey(this ILogger logger, string error);
}
