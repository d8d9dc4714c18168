using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;
using RagApp.Parsing;
using RagApp.Storage.Documents.Manifests;
using DocumentProperties = RagApp.Contracts.Search.DocumentProperties;

namespace RagApp.Ingestion.Documents;

/// <summary>The properties of a version that searches filter by.</summary>
internal static class FilterProperties
{
    public static DocumentProperties Of(DocumentManifest manifest, DocumentVersion version, string language) =>
        new(manifest.Source, TypeOf(version), language, version.Date, TagsOf(manifest, version));

    public static string TypeOf(DocumentVersion version) => FormatRegistry.Shipped.Find(version.ContentType)?.DocumentType ?? DocumentTypes.Other;

    /// <summary>The tags that people gave, then one tag for each kind of confidential data found in this version.</summary>
    public static IReadOnlyList<string> TagsOf(DocumentManifest manifest, DocumentVersion version) =>
        [.. manifest.Tags, .. (version.Screening?.Findings ?? []).Select(finding => DocumentTag.FindingPrefix + finding.Detector)];
}
