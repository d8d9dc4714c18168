namespace RagApp.Ingestion.Parsing;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Parsers are started through {Wrappers}")]
    public static partial void ParserWrappers(this ILogger logger, string wrappers);

    [LoggerMessage(LogLevel.Warning, "Parser {ProcessId} ended with {ExitCode}: {Reason}")]
    public static partial void ParserEnded(this ILogger logger, int processId, int exitCode, string reason);
}
