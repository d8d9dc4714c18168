namespace RagApp.Query.Rewriting;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The chat model did not rewrite the question ({Cause}); the search goes on without it")]
    public static partial void ModelDidNotRewrite(this ILogger logger, string cause);
}
