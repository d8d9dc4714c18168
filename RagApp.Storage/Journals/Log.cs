using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Journals;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Old calls in the usage journal of {Tenant} were summed up by day; {Segments} segments were replaced")]
    public static partial void UsageSummed(this ILogger logger, string tenant, int segments);

    [LoggerMessage(LogLevel.Warning, "Old calls in the usage journal could not be summed up; it is tried again later")]
    public static partial void SummingFailed(this ILogger logger, Exception exception);
}
