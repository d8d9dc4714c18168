namespace RagApp.Ingestion.Catalogue;

/// <summary>A tenant's catalogue is just being made, or cannot be; later it may be there.</summary>
internal sealed class CatalogueUnreadyException(Exception cause) : Exception("The catalogue of documents is just being made.", cause);
