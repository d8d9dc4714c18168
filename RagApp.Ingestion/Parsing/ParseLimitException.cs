namespace RagApp.Ingestion.Parsing;

/// <summary>The file asks for more than one document gets; the message names the limit.</summary>
internal sealed class ParseLimitException(string reason) : Exception(reason);
