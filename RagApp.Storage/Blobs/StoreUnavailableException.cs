namespace RagApp.Storage.Blobs;

/// <summary>A store's server does not answer, or refuses what it should allow. Whether a write took place may be unknown.</summary>
public abstract class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>Whether the server finds fault with this very request: the same one will be refused again, and others may well succeed.</summary>
    public virtual bool IsRefusal => false;
}
