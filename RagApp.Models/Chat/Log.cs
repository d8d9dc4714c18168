using Microsoft.Extensions.Logging;

namespace RagApp.Models.Chat;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The changed configuration of the models is not used: {Reason}")]
    public static partial void ChangeRefused(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "The trial of {Tried} in place of {Model} has ended because of {Reason}; all calls go to {Model}")]
    public static partial void TrialEnded(this ILogger logger, string model, string tried, string reason);
}
