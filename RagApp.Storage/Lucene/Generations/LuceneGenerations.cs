using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Writing;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene.Generations;

/// <summary>Stores generations as sibling folders; readers check the record of the current one when they refresh.</summary>
internal sealed class LuceneGenerations(IOptions<StorageOptions> options, ITextAnalysis analysis, LuceneChunkIndexWriter writer) : IIndexGenerations
{
    /// <summary>Generations that are being built in this process, by tenant and id.</summary>
    private readonly ConcurrentDictionary<(string Tenant, string Id), bool> _building = [];

    static LuceneGenerations() => ChunkCodec.Register();

    public Task<IndexGeneration?> FindCurrentAsync(string tenant, CancellationToken cancellationToken) =>
        Task.FromResult(options.Value.CurrentOf(tenant));

    public Task<IIndexBuild> BuildAsync(string tenant, string model, int dimension, CancellationToken cancellationToken)
    {
        var generation = Begin(tenant, model, dimension);
        return Task.FromResult<IIndexBuild>(new Build(this, options.Value, analysis, tenant, generation));
    }

    /// <summary>Reserves the next id for a generation, until <see cref="End"/>.</summary>
    public IndexGeneration Begin(string tenant, string model, int dimension)
    {
        var current = TryFindCurrent(tenant);
        if (current is null)
            writer.Close(tenant); // the writer may still hold a removed generation, whose id is used again
        var generation = new IndexGeneration(options.Value.NextGenerationOf(tenant, current), model, dimension);
        _building[(tenant, generation.Id)] = true;
        return generation;
    }

    /// <summary>Ends the building of a generation, and removes it unless it is the current one.</summary>
    public void End(string tenant, IndexGeneration generation)
    {
        if (TryFindCurrent(tenant)?.Id != generation.Id)
            options.Value.Delete(tenant, generation.Id);
        _building.TryRemove((tenant, generation.Id), out _);
    }

    /// <summary>Makes the generation the current one, and removes the old one.</summary>
    public async Task SwitchAsync(string tenant, IndexGeneration generation, CancellationToken cancellationToken)
    {
        writer.Close(tenant);
        options.Value.SetCurrent(tenant, generation);
        // Where the system refuses to delete open files, a generation that a reader still has open is removed by a later sweep.
        foreach (var left in await ListLeftAsync(tenant, cancellationToken))
            await TryRemoveAsync(tenant, left, cancellationToken);
    }

    /// <summary>Removes the tenant's whole index.</summary>
    public void Remove(string tenant)
    {
        writer.Close(tenant);
        options.Value.Delete(tenant);
    }

    public Task<IReadOnlyList<string>> ListLeftAsync(string tenant, CancellationToken cancellationToken)
    {
        var current = options.Value.CurrentOf(tenant)?.Id;
        return Task.FromResult<IReadOnlyList<string>>(
            [.. options.Value.GenerationsOf(tenant).Where(id => id != current && !_building.ContainsKey((tenant, id))).Order(StringComparer.Ordinal)]);
    }

    public Task<bool> TryRemoveAsync(string tenant, string generation, CancellationToken cancellationToken)
    {
        try
        {
            options.Value.Delete(tenant, generation);
            return Task.FromResult(true);
        }
        catch (IOException)
        {
            return Task.FromResult(false);
        }
    }

    public IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken) => options.Value.Tenants().ToAsyncEnumerable();

    /// <summary>The current generation; null also for a damaged record, which a rebuild replaces.</summary>
    private IndexGeneration? TryFindCurrent(string tenant)
    {
        try
        {
            return options.Value.CurrentOf(tenant);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private sealed class Build : IIndexBuild
    {
        private readonly LuceneGenerations _owner;
        private readonly StorageOptions _options;
        private readonly ITextAnalysis _analysis;
        private readonly string _tenant;
        private readonly IndexGeneration _generation;
        private readonly TenantWriter _index;
        private bool _switched;

        public Build(LuceneGenerations owner, StorageOptions options, ITextAnalysis analysis, string tenant, IndexGeneration generation)
        {
            (_owner, _options, _analysis, _tenant, _generation) = (owner, options, analysis, tenant, generation);
            _index = new TenantWriter(_options.FolderOf(tenant, generation.Id));
        }

        public Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _index.Buffer(document.DocumentId, ChunkDocument.CreateAll(document, _analysis, cancellationToken));
            return Task.CompletedTask;
        }

        public Task RemoveAsync(string documentId, CancellationToken cancellationToken)
        {
            _index.Buffer(documentId, []);
            return Task.CompletedTask;
        }

        public async Task SwitchAsync(CancellationToken cancellationToken)
        {
            await _index.CommitAsync();
            _index.Dispose();
            await _owner.SwitchAsync(_tenant, _generation, CancellationToken.None);
            _switched = true;
        }

        public ValueTask DisposeAsync()
        {
            if (!_switched)
                _index.Dispose();
            _owner.End(_tenant, _generation);
            return ValueTask.CompletedTask;
        }
    }
}
