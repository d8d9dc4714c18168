using System.Net;
using RagApp.Contracts.Http;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Intake;

/// <summary>Refuses changes of a document that was extracted from another one, because it changes only together with its upload.</summary>
internal static class ChildRefusal
{
    /// <param name="wayOut">A clause, without a full stop, that says what to do instead.</param>
    public static async Task<ProblemException> RefuseAsync(
        IManifestStore documents, DocumentManifest manifest, string wayOut, CancellationToken cancellationToken)
    {
        var rootId = manifest.Origin!.RootId;
        var root = await documents.FindAsync(manifest.Tenant, rootId, cancellationToken);
        return new ProblemException(
            HttpStatusCode.Conflict, $"This document came out of '{root?.Manifest.Path}' ({rootId}) and changes with it. {wayOut}.");
    }
}
