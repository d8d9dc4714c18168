namespace RagApp.Ingestion.Processing.Vectors;

/// <summary>The tenant's index changed to another model while a document was embedded with the old one.</summary>
internal sealed class ModelSwitchedException : Exception;
