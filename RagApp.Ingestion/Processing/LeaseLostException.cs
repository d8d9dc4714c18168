namespace RagApp.Ingestion.Processing;

/// <summary>The lease ran out while the job was in work: somebody else has it, and this worker leaves it alone.</summary>
internal sealed class LeaseLostException() : Exception("The lease ran out.");
