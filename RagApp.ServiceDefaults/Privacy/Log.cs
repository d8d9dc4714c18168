using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Privacy;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Other users of this machine can open '{Entry}'. Close the data folder to them: chmod -R go-rwx '{Folder}'")]
    public static partial void FolderOpen(this ILogger logger, string entry, string folder);

    [LoggerMessage(LogLevel.Warning, "Other processes of this user can read this one's memory and the keys it was given, since {Reason}")]
    public static partial void ProcessOpen(this ILogger logger, string reason);
}
