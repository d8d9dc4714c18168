using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Blobs;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "{Problem} Everything else stays available")]
    public static partial void BlobDamaged(this ILogger logger, string problem);
}
