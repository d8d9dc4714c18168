namespace RagApp.Ingestion.Processing;

/// <summary>What people read when a document was tried often enough. The cause is in the service's log and in the dead letters.</summary>
internal static class GivenUp
{
    public const string Reason = "It could not be made searchable after several attempts because of a fault in the system, not in the file. Upload it again later.";
}
