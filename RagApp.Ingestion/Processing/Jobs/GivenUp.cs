namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>Reasons shown to people when work on a document was given up. The cause is in the service's log and in the dead letters.</summary>
internal static class GivenUp
{
    public const string Reason = "It could not be made searchable after several attempts because of a fault in the system, not in the file. Upload it again later.";

    public const string Damaged = "What was stored of it is damaged. Upload it again.";
}
