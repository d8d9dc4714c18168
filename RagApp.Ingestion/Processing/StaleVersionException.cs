namespace RagApp.Ingestion.Processing;

/// <summary>The version that is being worked on was replaced or deleted meanwhile: the work ends without harm.</summary>
internal sealed class StaleVersionException() : Exception("A newer version or a deletion came in between.");
