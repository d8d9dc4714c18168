namespace RagApp.Storage.Index;

/// <summary>One build of a tenant's index. Exactly one answers at a time; another may be built beside it.</summary>
/// <param name="Id">Names it within the tenant.</param>
/// <param name="Model">The embedding model of its vectors: what new documents and questions are embedded with.</param>
/// <param name="Dimension">Numbers per vector.</param>
public sealed record IndexGeneration(string Id, string Model, int Dimension);
