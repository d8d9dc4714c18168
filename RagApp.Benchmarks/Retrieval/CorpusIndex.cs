using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Chunking;
using RagApp.Parsing;
using RagApp.Parsing.Formats.Markdown;
using RagApp.Storage;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;
using DocumentProperties = RagApp.Contracts.Search.DocumentProperties;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>Indexes the documents of a set as ingestion does: parse, chunk, and embed each chunk with its title and headings.</summary>
internal sealed class CorpusIndex(IConfiguration configuration, CachedModel model) : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(configuration).AddLogging().AddSingleton(TimeProvider.System).AddChunkIndexWriter().BuildServiceProvider();

    /// <param name="tenant">Tenant whose index receives the documents; its earlier content is removed.</param>
    /// <param name="progress">Receives the number of passages that are embedded.</param>
    /// <returns>Number of passages of the documents.</returns>
    public async Task<int> WriteAsync(string tenant, EvaluationSet set, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var documents = set.Documents.Select(Cut).Where(document => document.Passages.Count > 0).ToList();
        var vectors = new Queue<float[]>(model.EmbedPassages(
            [.. documents.SelectMany(document => document.Passages.Select(passage => EmbeddingText.For(document.Title, passage)))], progress));
        var generations = _services.GetRequiredService<IIndexGenerations>();
        await using var build = await generations.BuildAsync(tenant, model.Description.Id, model.Description.Dimension, cancellationToken);
        foreach (var document in documents)
        {
            await build.ReplaceAsync(
                new IndexedDocument(
                    tenant, document.Id, document.Id, 1, document.Id, document.Title,
                    new DocumentProperties(DocumentProperties.Upload, "md", document.Language, Date: null, Tags: []),
                    ["public"], model.Description.Id,
                    [.. document.Passages.Select(passage => new ChunkEntry(passage.Ordinal, passage.Text, passage.Section, passage.Page, vectors.Dequeue()))]),
                cancellationToken);
        }
        await build.SwitchAsync(cancellationToken);
        return documents.Sum(document => document.Passages.Count);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private CutDocument Cut(EvaluationDocument document)
    {
        var read = new BlockWriter();
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(document.Text));
        new MarkdownFormat().Read(text, read);
        var title = document.Title.Length > 0 ? document.Title : read.Properties.Title ?? "";
        var passages = Chunker.Cut(title, read.Blocks);
        var language = _services.GetRequiredService<ITextAnalysis>().DetectLanguage(string.Join('\n', passages.Take(10).Select(passage => passage.Text)));
        return new CutDocument(document.Id, title, language, passages);
    }

    private sealed record CutDocument(string Id, string Title, string Language, IReadOnlyList<Passage> Passages);
}
