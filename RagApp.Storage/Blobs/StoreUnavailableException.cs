namespace RagApp.Storage.Blobs;

/// <summary>The server of a store does not answer, or refuses a valid request. It may be unknown whether a write took place.</summary>
public abstract class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>True when the server refuses this request for good, while other requests may succeed.</summary>
    public virtual bool IsRefusal => false;
}
