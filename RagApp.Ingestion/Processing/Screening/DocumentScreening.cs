using System.Globalization;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Parsing;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing.Screening;

/// <summary>
/// Screens the parsed document, between parsing and cutting, and records the findings in the manifest and the audit. A
/// version that must not go on ends here, in quarantine or failed; an older version stays searchable.
/// </summary>
internal sealed class DocumentScreening(
    ContentScreener screener,
    ManifestEditor manifests,
    IContentStore contents,
    DocumentRemoval removal,
    DocumentAudit audit,
    Telemetry telemetry,
    TimeProvider time,
    ILogger<DocumentScreening> logger)
{
    /// <returns>The screened document; null when the version ends here.</returns>
    /// <exception cref="StaleVersionException">The version was replaced or deleted meanwhile.</exception>
    /// <exception cref="ParseLimitException">Screening exceeds the time allowed for one document.</exception>
    public async Task<ParseResult?> ScreenAsync(DocumentManifest manifest, ParseResult parsed, WorkTime work, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Screen);
        var started = time.GetTimestamp();
        var (allowed, screening) = work.Run(token => screener.Screen(manifest, parsed, token));
        telemetry.Screened(screening, time.GetElapsedTime(started));
        activity?.SetTag(Spans.Tags.Action, screening.Action.ToString()).SetTag(Spans.Tags.Findings, screening.Findings.Sum(finding => finding.Count));

        var ends = screening.Action is DlpAction.Quarantine or DlpAction.Block;
        if (ends) // an earlier attempt under another policy may have stored text
            await contents.DeleteAsync(manifest.LatestId, cancellationToken);
        var changed = await manifests.ChangeAsync(
            manifest,
            current => VersionGuard.IsCurrent(current, manifest.LatestId) ? Decide(current, screening, parsed.ContentType) : null,
            (_, after) => audit.ScreenedAsync(after, cancellationToken),
            cancellationToken) ?? throw new StaleVersionException();

        if (screening.Findings.Count > 0)
            logger.Screened(changed.Tenant, changed.Id, changed.Latest.Number, screening.Action, Kinds(screening));
        if (screening.Action == DlpAction.Block)
            await removal.RemoveSupersededAsync(changed, cancellationToken);
        return ends ? null : allowed;
    }

    private static DocumentManifest Decide(DocumentManifest manifest, ScreeningResult screening, string contentType)
    {
        var version = manifest.Latest with { Screening = screening };
        return screening.Action switch
        {
            DlpAction.Quarantine => manifest with
            {
                Latest = version with
                {
                    Status = DocumentStatus.Quarantined,
                    Reason = $"It waits for somebody to look at it, because of what it holds: {Kinds(screening)}. Remove that and upload it again, or have it released.",
                    ContentType = contentType,
                },
            },
            DlpAction.Block => manifest.WithoutLatest(version with
            {
                Reason = $"It holds what may not be stored here: {Kinds(screening)}. Remove that and upload it again. The file was not kept.",
                ContentType = contentType,
            }),
            _ => manifest with { Latest = version },
        };
    }

    /// <summary>The findings in words, for example <c>payment card (2, on page 3), jwt (1)</c>.</summary>
    private static string Kinds(ScreeningResult screening) => string.Join(", ", screening.Findings
        .Where(finding => finding.Action == screening.Action)
        .Select(finding => $"{finding.Detector.Replace('-', ' ')} ({finding.Count.ToString(CultureInfo.InvariantCulture)}{Place(finding)})"));

    private static string Place(DocumentFinding finding) => finding switch
    {
        { Pages: [var page] } => string.Create(CultureInfo.InvariantCulture, $", on page {page}"),
        { Pages.Count: > 1 } => $", on pages {string.Join(", ", finding.Pages)}",
        { InName: true } => ", in its path, source or tags, or in the name of a file inside it",
        _ => "",
    };
}
