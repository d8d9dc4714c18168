namespace RagApp.Cli;

/// <summary>An error that ends the command; its message tells the person what to do.</summary>
internal sealed class CouldNotRunException(string message, Exception? cause = null) : Exception(message, cause);
