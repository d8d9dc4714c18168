using RagApp.Parsing.Sandbox;

namespace RagApp.Ingestion.Parsing;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Parsers are confined by {Measures}")]
    public static partial void ParserSandbox(this ILogger logger, Measures measures);

    [LoggerMessage(LogLevel.Information, "Parsers are started without {Measure}, which is not permitted or not there: {Meaning}")]
    public static partial void ParserWithoutSpare(this ILogger logger, Measures measure, string meaning);

    [LoggerMessage(LogLevel.Warning, "Parsers are started without {Measure}, which is not permitted or not there: {Meaning}")]
    public static partial void ParserWithout(this ILogger logger, Measures measure, string meaning);

    [LoggerMessage(LogLevel.Warning, "Parser {ProcessId} ended with {ExitCode}: {Reason}")]
    public static partial void ParserEnded(this ILogger logger, int processId, int exitCode, string reason);
}
