using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>A document that came out of another changes with that one and not on its own.</summary>
internal static class InsideAnother
{
    /// <param name="wayOut">What to do instead, without a full stop.</param>
    public static async Task<IntakeException> RefuseAsync(
        IDocumentStore store, DocumentManifest manifest, string wayOut, CancellationToken cancellationToken)
    {
        var rootId = manifest.Origin!.RootId;
        var root = await store.FindAsync(manifest.Tenant, rootId, cancellationToken);
        return new IntakeException(
            StatusCodes.Status409Conflict, $"This document came out of '{root?.Manifest.Path}' ({rootId}) and changes with it. {wayOut}.");
    }
}
