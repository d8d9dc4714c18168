namespace RagApp.Ingestion.Catalogue;

/// <summary>A tenant's catalogue is still being built, or could not be built. A later request may succeed.</summary>
internal sealed class CatalogueUnreadyException(Exception cause) : Exception("The catalogue of documents is not ready yet.", cause);
