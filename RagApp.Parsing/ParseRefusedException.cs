namespace RagApp.Parsing;

/// <summary>The file cannot be read; the message says why, for the person who uploaded it.</summary>
internal sealed class ParseRefusedException(string reason, Exception? cause = null) : Exception(reason, cause);
