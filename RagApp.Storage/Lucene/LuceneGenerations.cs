using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>Generations as folders beside each other; readers look at the record when they refresh.</summary>
internal sealed class LuceneGenerations(IOptions<StorageOptions> options, ITextAnalysis analysis, LuceneChunkIndexWriter writer) : IIndexGenerations
{
    /// <summary>Being built in this process, by tenant and id.</summary>
    private readonly ConcurrentDictionary<(string Tenant, string Id), bool> _building = [];

    static LuceneGenerations() => ChunkCodec.Register();

    public Task<IndexGeneration?> FindCurrentAsync(string tenant, CancellationToken cancellationToken) =>
        Task.FromResult(options.Value.CurrentOf(tenant));

    public Task<IIndexBuild> BuildAsync(string tenant, string model, int dimension, CancellationToken cancellationToken)
    {
        var generation = new IndexGeneration(options.Value.NextGenerationOf(tenant, TryFindCurrent(tenant)), model, dimension);
        _building[(tenant, generation.Id)] = true;
        return Task.FromResult<IIndexBuild>(new Build(this, tenant, generation));
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

    /// <summary>A damaged record is what a rebuild mends.</summary>
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

    private void Switch(string tenant, IndexGeneration generation)
    {
        var old = TryFindCurrent(tenant);
        writer.Close(tenant);
        options.Value.SetCurrent(tenant, generation);
        if (old is null)
            return;
        try
        {
            options.Value.Delete(tenant, old.Id);
        }
        catch (IOException)
        {
            // A reader still has it open, on a system that minds: the sweep removes it.
        }
    }

    private sealed class Build : IIndexBuild
    {
        private readonly LuceneGenerations _owner;
        private readonly string _tenant;
        private readonly IndexGeneration _generation;
        private readonly TenantWriter _index;
        private bool _switched;

        public Build(LuceneGenerations owner, string tenant, IndexGeneration generation)
        {
            (_owner, _tenant, _generation) = (owner, tenant, generation);
            _index = new TenantWriter(owner.Options.FolderOf(tenant, generation.Id));
        }

        public Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _index.Buffer(document.DocumentId, ChunkDocument.CreateAll(document, _owner.Analysis));
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
            _owner.Switch(_tenant, _generation);
            _switched = true;
        }

        public ValueTask DisposeAsync()
        {
            if (!_switched)
            {
                _index.Dispose();
                _owner.Options.Delete(_tenant, _generation.Id);
            }
            _owner._building.TryRemove((_tenant, _generation.Id), out _);
            return ValueTask.CompletedTask;
        }
    }

    private StorageOptions Options => options.Value;

    private ITextAnalysis Analysis => analysis;
}
