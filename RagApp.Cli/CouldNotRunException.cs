namespace RagApp.Cli;

/// <summary>There is no point in going on; the message says the way out.</summary>
internal sealed class CouldNotRunException(string message, Exception? cause = null) : Exception(message, cause);
