namespace RagApp.Storage.Documents;

/// <summary>Names one version of one document for good: a version of a later document at the same path never has the same.</summary>
/// <param name="Incarnation">The life of the path that the version belongs to, see <see cref="DocumentManifest.Incarnation"/>.</param>
/// <param name="Number">Counted from 1 within that life.</param>
public sealed record VersionId(string Tenant, string DocumentId, string Incarnation, int Number);
