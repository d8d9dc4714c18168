using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;
using RagApp.Ingestion.Parsing;
using RagApp.Storage.Documents;
using DocumentProperties = RagApp.Contracts.Search.DocumentProperties;

namespace RagApp.Ingestion.Processing;

/// <summary>What searches filter a version by.</summary>
internal static class FilterProperties
{
    public static DocumentProperties Of(DocumentManifest manifest, DocumentVersion version, string language) =>
        new(manifest.Source, TypeOf(version), language, version.Date, TagsOf(manifest, version));

    public static string TypeOf(DocumentVersion version) => version.ContentType switch
    {
        MediaTypes.Pdf => DocumentTypes.Pdf,
        MediaTypes.Docx or MediaTypes.Doc or MediaTypes.WordXml or MediaTypes.Odt or MediaTypes.Rtf => DocumentTypes.Word,
        MediaTypes.Pptx or MediaTypes.Ppt or MediaTypes.Odp => DocumentTypes.PowerPoint,
        MediaTypes.Xlsx or MediaTypes.Xls or MediaTypes.Ods or MediaTypes.Csv => DocumentTypes.Excel,
        MediaTypes.Html => DocumentTypes.Html,
        MediaTypes.Markdown => DocumentTypes.Markdown,
        MediaTypes.PlainText or MediaTypes.Rst => DocumentTypes.Text,
        MediaTypes.Mail or MediaTypes.Msg or MediaTypes.Mbox => DocumentTypes.Mail,
        MediaTypes.Epub => DocumentTypes.Book,
        MediaTypes.Json or MediaTypes.Xml => DocumentTypes.Data,
        MediaTypes.Zip => DocumentTypes.Archive,
        _ => DocumentTypes.Other,
    };

    /// <summary>Those that were given, then what was found in this version.</summary>
    public static IReadOnlyList<string> TagsOf(DocumentManifest manifest, DocumentVersion version) =>
        [.. manifest.Tags, .. (version.Screening?.Findings ?? []).Select(finding => DocumentTag.FindingPrefix + finding.Detector)];
}
