namespace RagApp.Embedding;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Model {Model} is loaded from {Folder}: {Dimension} dimensions, {MaxTokens} tokens.")]
    public static partial void ModelLoaded(this ILogger logger, string model, string folder, int dimension, int maxTokens);

    [LoggerMessage(LogLevel.Information, "Reader {Reader} is loaded from {Folder}.")]
    public static partial void ReaderLoaded(this ILogger logger, string reader, string folder);

    [LoggerMessage(LogLevel.Information, "Models served: {Models}; the first is used when a request names none.")]
    public static partial void ModelsServed(this ILogger logger, string models);

    [LoggerMessage(LogLevel.Error, "A run of {Tokens} tokens failed.")]
    public static partial void RunFailed(this ILogger logger, Exception exception, int tokens);

    [LoggerMessage(LogLevel.Warning, "The cache does not answer ({Reason}); going on without it for {Pause}.")]
    public static partial void CacheUnavailable(this ILogger logger, string reason, TimeSpan pause);
}
