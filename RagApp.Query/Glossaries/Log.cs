namespace RagApp.Query.Glossaries;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The glossary cannot be read; searches go on without it")]
    public static partial void GlossaryNotRead(this ILogger logger, Exception exception);
}
