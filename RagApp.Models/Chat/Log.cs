using Microsoft.Extensions.Logging;

namespace RagApp.Models.Chat;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The trial of {Tried} in place of {Model} has ended because of {Reason}; all calls go to {Model}")]
    public static partial void TrialEnded(this ILogger logger, string model, string tried, string reason);
}
