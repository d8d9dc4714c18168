using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>The vectors of a version's passages.</summary>
/// <param name="Reused">How many of them were taken over from the version before.</param>
internal sealed record EmbeddedTexts(DocumentVectors Vectors, int Reused);
