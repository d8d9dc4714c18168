using RagApp.Storage.Documents.Contents;

namespace RagApp.Ingestion.Processing.Vectors;

/// <summary>The vectors of a version's passages.</summary>
/// <param name="Reused">Number of vectors reused from the previous version.</param>
internal sealed record ChunkVectors(DocumentVectors Vectors, int Reused);
