using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Problems;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Endpoint} is answered with {Status}")]
    public static partial void AnsweredWithProblem(this ILogger logger, string? endpoint, int status, Exception exception);
}
