using Microsoft.Extensions.Options;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Chunking;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Ingestion.Processing.Children;
using RagApp.Ingestion.Processing.Screening;
using RagApp.Ingestion.Processing.Vectors;
using RagApp.Parsing;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Queue;
using RagApp.Text;
using RagApp.Text.Analysis;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Processes one version from its original to the index:
/// 1. parses it in a child process, 2. screens it for confidential data, 3. makes documents of the files inside, 4.
/// cuts it into passages and stores them, 5. embeds them and stores the vectors, 6. publishes the version. Every step
/// may be repeated after a crash; until the last step searches find the old version.
/// </summary>
internal sealed class DocumentProcessor(
    IManifestStore documents,
    IOriginalStore originals,
    IContentStore contents,
    IDocumentParser parser,
    DocumentScreening screening,
    ITextAnalysis analysis,
    TenantModels models,
    ChunkEmbedder embedder,
    EmbeddingPauses pauses,
    DocumentChildren children,
    DocumentPublisher publisher,
    DocumentRemoval removal,
    ManifestEditor manifests,
    IOptions<ProcessingOptions> options,
    TimeProvider time)
{
    private const int LanguageSample = 4_000;

    /// <exception cref="StaleVersionException">The version was replaced or deleted meanwhile.</exception>
    /// <exception cref="EmbeddingPausedException">The tenant's text cannot be embedded for now.</exception>
    public async Task ProcessAsync(Job job, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(job.Tenant, job.DocumentId, cancellationToken) is not { Manifest: var manifest } || manifest.Incarnation != job.Incarnation)
            await removal.RemoveLateAsync(job.VersionId, cancellationToken);
        else if (manifest.Deleted)
            await removal.FinishAsync(manifest, cancellationToken);
        else if (job.Kind == JobKind.Ingest && VersionGuard.IsCurrent(manifest, job.VersionId))
            await IngestOrFailAsync(manifest, cancellationToken);
    }

    /// <summary>Processes the version. A document that exceeds a limit fails; other documents go on.</summary>
    private async Task IngestOrFailAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            await IngestAsync(manifest, new WorkTime(options.Value.WorkTime, time, cancellationToken), cancellationToken);
        }
        catch (ParseLimitException exception)
        {
            await publisher.FailAsync(manifest.LatestId, exception.Message, contentType: null, cancellationToken);
        }
        catch (StaleVersionException)
        {
            await removal.RemoveLateAsync(manifest.LatestId, cancellationToken);
            throw;
        }
    }

    private async Task IngestAsync(DocumentManifest manifest, WorkTime work, CancellationToken cancellationToken)
    {
        if (manifest.Latest.Status.IsFinal())
        {
            await removal.RemoveSupersededAsync(manifest, cancellationToken); // the only step that a crash can have left undone
            return;
        }

        var progress = new DocumentProgress(manifests, time, manifest);
        if (pauses.Find(TenantModels.PrincipalFor(manifest.Tenant, manifest.Latest)) is { } pause)
        {
            if (manifest.Latest.Reason != pause.Message)
                await progress.WaitAsync(pause.Message, cancellationToken);
            throw pause;
        }
        await progress.EnterAsync(DocumentStatus.Parsing, cancellationToken);
        if (await ParseAsync(manifest, cancellationToken) is not { Outcome: ParseOutcome.Text } read
            || await screening.ScreenAsync(manifest, read, work, cancellationToken) is not { } parsed)
            return;
        var taken = await children.TakeAsync(manifest, parsed, cancellationToken);
        if (taken.Refusal is { } refusal && parsed.Blocks.Count == 0)
        {
            await publisher.FailAsync(manifest.LatestId, refusal, parsed.ContentType, cancellationToken);
            return;
        }

        await progress.EnterAsync(DocumentStatus.Chunking, cancellationToken);
        var content = work.Run(token => Cut(manifest, parsed, token));
        var suspicious = work.Run(token => SuspiciousText.WarningsOf(content, token));
        await progress.SaveAsync(
            version => version with
            {
                Title = content.Title,
                Author = parsed.Properties.Author,
                WrittenAt = parsed.Properties.Created,
                ChangedAt = parsed.Properties.Modified,
                ContentType = parsed.ContentType,
                Language = content.Language,
                Warnings = [.. taken.WarningsWith(parsed.Warnings), .. suspicious],
                Done = Math.Min(version.Done, content.Passages.Count),
                Total = content.Passages.Count,
            },
            cancellationToken);
        if (content.Passages.Count == 0)
        {
            await publisher.PublishEmptyAsync(manifest, taken.Count, cancellationToken);
            return;
        }
        await contents.WriteAsync(manifest.LatestId, content, cancellationToken);

        while (!await TryPublishAsync(manifest, content, progress, work, cancellationToken))
            continue; // the tenant's index changed to another model meanwhile: embed with the new model
    }

    private async Task<bool> TryPublishAsync(
        DocumentManifest manifest, DocumentContent content, DocumentProgress progress, WorkTime work, CancellationToken cancellationToken)
    {
        var embedded = await EmbedAsync(manifest, content, progress, work, cancellationToken);
        try
        {
            await publisher.PublishAsync(manifest, content, embedded, cancellationToken);
            return true;
        }
        catch (ModelSwitchedException)
        {
            await contents.DeleteVectorsAsync(manifest.LatestId, embedded.Vectors.Model, cancellationToken);
            return false;
        }
    }

    /// <summary>Parses the original. A refusal becomes the document's status and ends the job.</summary>
    private async Task<ParseResult> ParseAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        await using var original = await originals.OpenAsync(manifest.Tenant, manifest.Latest, cancellationToken)
            ?? throw new InvalidOperationException($"The original of document {manifest.Id} is not in the store.");
        var parsed = await parser.ParseAsync(manifest.Tenant, original, manifest.Path, cancellationToken);
        if (parsed.Outcome != ParseOutcome.Text)
            await publisher.FailAsync(manifest.LatestId, parsed.Reason!, parsed.ContentType, cancellationToken);
        return parsed;
    }

    private DocumentContent Cut(DocumentManifest manifest, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Chunk);
        var title = parsed.Properties.Title ?? DocumentPath.FileName(manifest.Path);
        var passages = Chunker.Cut(title, parsed.Blocks, cancellationToken);
        var language = analysis.DetectLanguage(Sample(passages));
        activity?.SetTag(Spans.Tags.Passages, passages.Count).SetTag(Spans.Tags.Language, language);
        return new DocumentContent(title, language, passages);
    }

    private static string Sample(IReadOnlyList<Passage> passages) =>
        Truncation.Head(string.Join('\n', passages.Take(10).Select(passage => passage.Text)), LanguageSample);

    private async Task<ChunkVectors> EmbedAsync(
        DocumentManifest manifest, DocumentContent content, DocumentProgress progress, WorkTime work, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Embed);
        await progress.EnterAsync(DocumentStatus.Embedding, cancellationToken);
        var texts = work.Run(token => EmbeddingText.ForAll(content, token));
        var model = await models.FindAsync(manifest.Tenant, cancellationToken);
        var known = await KnownVectors.LoadAsync(contents, manifest, model, cancellationToken);
        var embedded = await EmbedAsync(manifest, model, texts, known, progress, cancellationToken);
        await contents.WriteVectorsAsync(manifest.LatestId, embedded.Vectors, cancellationToken);
        activity?.SetTag(Spans.Tags.Model, model.Id).SetTag(Spans.Tags.Passages, texts.Count).SetTag(Spans.Tags.Reused, embedded.Reused);
        return embedded;
    }

    private async Task<ChunkVectors> EmbedAsync(
        DocumentManifest manifest, EmbeddingModel model, IReadOnlyList<string> texts, KnownVectors known, DocumentProgress progress, CancellationToken cancellationToken)
    {
        var principal = TenantModels.PrincipalFor(manifest.Tenant, manifest.Latest);
        try
        {
            return await embedder.EmbedAsync(
                principal, model, texts, known,
                done => progress.CountAsync(done, texts.Count, cancellationToken), cancellationToken);
        }
        catch (ApiException refusal) when (EmbeddingPauses.IsCause(refusal))
        {
            var pause = pauses.Begin(principal, refusal);
            await progress.WaitAsync(pause.Message, cancellationToken);
            throw pause;
        }
    }
}
