using Microsoft.Extensions.Logging;

namespace RagApp.Kubernetes;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The Helm chart is in {Folder}: {Workloads} workloads, {Files} files.")]
    public static partial void ChartWritten(this ILogger logger, string folder, int workloads, int files);
}
