using RagApp.Storage.Documents.Manifests;

namespace RagApp.Storage.Documents;

/// <summary>Globally unique id of one version: a later document at the same path never has the same id.</summary>
/// <param name="Incarnation">Incarnation of the document, see <see cref="DocumentManifest.Incarnation"/>.</param>
/// <param name="Number">Number of the version, from 1 within the incarnation.</param>
public sealed record VersionId(string Tenant, string DocumentId, string Incarnation, int Number);
