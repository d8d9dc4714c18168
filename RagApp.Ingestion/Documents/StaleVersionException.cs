namespace RagApp.Ingestion.Documents;

/// <summary>The version that is being processed was replaced or deleted meanwhile. The work ends without harm.</summary>
internal sealed class StaleVersionException() : Exception("A newer version or a deletion came in between.");
