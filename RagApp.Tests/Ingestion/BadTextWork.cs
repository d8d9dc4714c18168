using Microsoft.Extensions.Options;
using RagApp.Benchmarks.Chunking;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Chunking;
using RagApp.Ingestion.Dlp;
using RagApp.Parsing;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Writing;
using RagApp.Storage.Qdrant.Writing;
using RagApp.Tests.Dlp;
using RagApp.Tests.TestServices.CountedWork;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Ingestion;

/// <summary>Ingestion steps that run inside the service, applied to worst-case texts; <see cref="CountedCode"/> calls them.</summary>
public static class BadTextWork
{
    private const string Title = "A title";

    private static readonly ContentScreener Screener = new(
        Detection.Scanner, new DlpPolicies(Options.Create(new DlpOptions { Default = DlpSettings.Keys.ToDictionary(key => key, _ => "redact", StringComparer.Ordinal) })));

    public static void Cut(string kind, int length) => Chunker.Cut(Title, BadTexts.All[kind](length), CancellationToken.None);

    public static void Screen(string kind, int length) => Screen(BadTexts.All[kind](length));

    /// <param name="pattern">Pattern to repeat; the part before <c>…</c>, if any, occurs only once.</param>
    public static void ScreenPattern(string pattern, int length)
    {
        var repeated = pattern[(pattern.IndexOf('…', StringComparison.Ordinal) + 1)..];
        var text = pattern[..^repeated.Length].TrimEnd('…') + string.Concat(Enumerable.Repeat(repeated, length / repeated.Length));
        Screen([new TextBlock(BlockKind.Paragraph, text, 0, null)]);
    }

    public static void Index(string kind, int length)
    {
        var blocks = BadTexts.All[kind](length);
        var analysis = new TextAnalysis();
        var language = analysis.DetectLanguage(string.Join('\n', blocks.Select(block => block.Text)));
        var content = new DocumentContent(Title, language, Chunker.Cut(Title, blocks, CancellationToken.None));
        EmbeddingText.ForAll(content, CancellationToken.None);
        var document = new IndexedDocument(
            "acme", "d1", "i1", 1, "a.txt", Title, new RagApp.Contracts.Search.DocumentProperties("upload", "text", language, null, []), [], "model",
            [.. content.Passages.Select(passage => new ChunkEntry(passage.Ordinal, passage.Text, passage.Section, passage.Page, new float[] { 1 }))]);
        ChunkDocument.CreateAll(document, analysis, CancellationToken.None);
        var points = new DocumentPoints(document, new IndexGeneration("g1", "model", 1), analysis, CancellationToken.None);
        _ = points.Words;
    }

    private static void Screen(IReadOnlyList<TextBlock> blocks)
    {
        var version = new DocumentVersion(1, "o1", "", 1, "text/plain", Title, DocumentStatus.Parsing, null, [], 0, 0, DateTimeOffset.UnixEpoch);
        var manifest = new DocumentManifest("acme", "d1", "a.txt", [], "alice", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, version, null);
        Screener.Screen(manifest, new ParseResult(ParseOutcome.Text, null, "text/plain", new RagApp.Parsing.FileProperties(), blocks, [], []), CancellationToken.None);
    }
}
