namespace RagApp.Storage.Documents;

/// <summary>The vectors of one version's passages, in their order, and the model that made them.</summary>
public sealed record DocumentVectors(string Model, int Dimension, IReadOnlyList<ReadOnlyMemory<float>> Vectors);
