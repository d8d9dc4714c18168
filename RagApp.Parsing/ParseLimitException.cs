namespace RagApp.Parsing;

/// <summary>The file exceeds a limit; the message names the limit.</summary>
internal sealed class ParseLimitException(string reason) : Exception(reason);
