namespace RagApp.Ingestion.Processing;

/// <summary>The tenant's index went over to another model while a document was embedded with the old one.</summary>
internal sealed class ModelSwitchedException : Exception;
