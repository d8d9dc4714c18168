using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Encryption;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Documents are stored in clear, because the bucket has no master key: set Encryption:Key ('openssl rand -base64 32'), then run 'maintenance keys encrypt'")]
    public static partial void StoredInClear(this ILogger logger);
}
