namespace RagApp.Storage.Documents.Contents;

/// <summary>The vectors of one version's passages, in the order of the passages, and the model that made them.</summary>
public sealed record DocumentVectors(string Model, int Dimension, IReadOnlyList<ReadOnlyMemory<float>> Vectors);
