using Microsoft.Extensions.Logging;
using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The changed configuration of the models is not used: {Reason}")]
    public static partial void ChangeRefused(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "The deployment {Deployment} ({Key}) of the model {Model} gets no calls for {Pause}: {Error}")]
    public static partial void CooledDown(this ILogger logger, string model, string deployment, string key, TimeSpan pause, ModelError error);

    [LoggerMessage(LogLevel.Warning, "Redis does not answer ({Reason}): pauses of model deployments are not shared for {Pause}")]
    public static partial void SharingFailed(this ILogger logger, string reason, TimeSpan pause);
}
