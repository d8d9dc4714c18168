namespace RagApp.Storage.Index;

/// <summary>One build of a tenant's index. Exactly one generation at a time is current and answers searches.</summary>
/// <param name="Id">Id of the generation within the tenant.</param>
/// <param name="Model">Embedding model of its vectors; new documents and questions are embedded with it.</param>
/// <param name="Dimension">Dimension of its vectors.</param>
public sealed record IndexGeneration(string Id, string Model, int Dimension);
