namespace RagApp.Storage.Blobs;

/// <summary>The server that holds the blobs does not answer, or refuses what it should allow. Whether a write took place may be unknown.</summary>
public abstract class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner);
