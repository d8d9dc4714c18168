using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Writing;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene.Generations;

/// <summary>A restored generation of each tenant of a snapshot; the switch changes one tenant after the other.</summary>
internal sealed class RestoredGenerations(StorageOptions options, LuceneGenerations generations, ITextAnalysis analysis) : IRestoredIndex
{
    private readonly Dictionary<string, IndexGeneration> _restored = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Tenants => [.. _restored.Keys];

    /// <summary>Begins a generation with the model and dimension of the saved one; returns its folder.</summary>
    public string Begin(string tenant, IndexGeneration saved)
    {
        _restored[tenant] = generations.Begin(tenant, saved.Model, saved.Dimension);
        return FolderOf(tenant);
    }

    public IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, CancellationToken cancellationToken) =>
        IndexScan.ReadAsync(FolderOf(tenant), documentId: null, cancellationToken);

    public Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var directory = FSDirectory.Open(FolderOf(filter.Tenant));
            using var reader = DirectoryReader.Open(directory);
            return ChunkSearch.Find(new IndexSearcher(reader), query, filter, analysis);
        },
        cancellationToken);

    public async Task ChangeAccessAsync(
        string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken)
    {
        using var writer = new TenantWriter(FolderOf(tenant));
        await writer.ChangeAccessAsync(documentIds, access, cancellationToken);
    }

    public async Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        using var writer = new TenantWriter(FolderOf(tenant));
        await writer.RemoveAsync(documentIds, cancellationToken);
    }

    public async Task SwitchAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (tenant, generation) in _restored)
            await generations.SwitchAsync(tenant, generation, CancellationToken.None);
        foreach (var tenant in options.Tenants().Except(_restored.Keys, StringComparer.Ordinal))
            generations.Remove(tenant);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var (tenant, generation) in _restored)
            generations.End(tenant, generation);
        return ValueTask.CompletedTask;
    }

    private string FolderOf(string tenant) => options.FolderOf(tenant, _restored[tenant].Id);
}
