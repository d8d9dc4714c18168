namespace RagApp.Storage.Qdrant.Collections;

/// <summary>A collection is not set up as it must be; the message names each field with what was expected and what was found.</summary>
public sealed class WrongCollectionException(string collection, IEnumerable<string> differences) : Exception(
    $"Qdrant's collection '{collection}' is not set up as RagApp needs it: {string.Join("; ", differences)}. "
    + "Change it back (PATCH /collections/NAME), or delete it with its alias and let a sweep fill a new one.");
