using RagApp.Storage.Blobs;

namespace RagApp.Storage.Encryption;

/// <summary>A key that is needed cannot be read: the master key that encrypted it is not configured here. The message says what to do.</summary>
public class KeyUnavailableException(string message, Exception? inner = null) : StoreUnavailableException(message, inner);

/// <summary>The key of a tenant was destroyed: what it encrypted stays unreadable, and nothing more can be stored for the tenant.</summary>
public sealed class KeyDestroyedException(string tenant)
    : KeyUnavailableException($"The key of the tenant '{tenant}' was destroyed: its data cannot be read any more, and nothing can be stored for it.")
{
    public override bool IsRefusal => true;
}
