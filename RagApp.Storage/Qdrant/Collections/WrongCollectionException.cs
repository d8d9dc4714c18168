namespace RagApp.Storage.Qdrant.Collections;

/// <summary>A collection has other settings than the index needs; the message names each of them with the expected and the found value.</summary>
public sealed class WrongCollectionException(string collection, IEnumerable<string> differences) : Exception(
    $"Qdrant's collection '{collection}' is not set up as RagApp needs it: {string.Join("; ", differences)}. "
    + "Change it back (PATCH /collections/NAME), or delete it with its alias and let a sweep fill a new one.");
