using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.Options;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Generations;
using RagApp.Storage.Lucene.Writing;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene;

/// <summary>Writes the current generation of each tenant's embedded index, which this process locks while it is open.</summary>
internal sealed class LuceneChunkIndexWriter : IChunkIndexWriter, IDisposable
{
    private readonly StorageOptions _options;
    private readonly ITextAnalysis _analysis;
    private readonly OpenTenants<TenantWriter> _tenants;
    private readonly System.Threading.Lock _first = new();

    static LuceneChunkIndexWriter() => ChunkCodec.Register();

    public LuceneChunkIndexWriter(IOptions<StorageOptions> options, ITextAnalysis analysis)
    {
        (_options, _analysis) = (options.Value, analysis);
        _tenants = new OpenTenants<TenantWriter>(_options.OpenIndexes, Open);
    }

    public async Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken)
    {
        var chunks = ChunkDocument.CreateAll(document, _analysis, cancellationToken);
        if (chunks.Count == 0)
        {
            await RemoveAsync(document.Tenant, [document.DocumentId], cancellationToken);
            return;
        }
        EnsureGeneration(document);
        await ChangeAsync(document.Tenant, writer => writer.ReplaceAsync(document.DocumentId, chunks, cancellationToken));
    }

    public Task ChangeAccessAsync(
        string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken) =>
        HasIndex(tenant)
            ? ChangeAsync(tenant, writer => writer.ChangeAccessAsync(documentIds, access, cancellationToken))
            : Task.CompletedTask;

    public Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        HasIndex(tenant)
            ? ChangeAsync(tenant, writer => writer.RemoveAsync(documentIds, cancellationToken))
            : Task.CompletedTask;

    public IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, string? documentId, CancellationToken cancellationToken) =>
        HasIndex(tenant)
            ? IndexScan.ReadAsync(FolderOf(tenant), documentId, cancellationToken)
            : AsyncEnumerable.Empty<IndexedVersion>();

    /// <summary>Calls <paramref name="read"/> with the folder and the files of the tenant's last commit, which are kept until it returns.</summary>
    public async Task ReadCommitAsync(string tenant, Func<string, IReadOnlyCollection<string>, Task> read)
    {
        using var lease = _tenants.Take(tenant);
        await lease.Value.ReadCommitAsync(read);
    }

    /// <summary>Closes the tenant's generation; the next change opens the one that is current then.</summary>
    public void Close(string tenant)
    {
        try
        {
            using var lease = _tenants.Take(tenant);
            lease.Forget();
        }
        catch (Exception exception) when (exception is IOException or IndexNotFoundException or InvalidDataException)
        {
            // An index that cannot be opened is not open either.
        }
    }

    public void Dispose() => _tenants.Dispose();

    private async Task ChangeAsync(string tenant, Func<TenantWriter, Task> change)
    {
        using var lease = _tenants.Take(tenant);
        try
        {
            await change(lease.Value);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            lease.Forget();
            throw;
        }
    }

    /// <summary>Creates the first generation of a tenant, for the model of its first document.</summary>
    private void EnsureGeneration(IndexedDocument document)
    {
        lock (_first)
        {
            if (_options.CurrentOf(document.Tenant) is not null)
                return;
            var id = _options.NextGenerationOf(document.Tenant, current: null);
            _options.SetCurrent(document.Tenant, new IndexGeneration(id, document.Model, document.Chunks[0].Vector.Length));
        }
    }

    private TenantWriter Open(string tenant) => new(FolderOf(tenant));

    private string FolderOf(string tenant) => _options.CurrentOf(tenant) is { } current
        ? _options.FolderOf(tenant, current.Id)
        : throw new IndexNotFoundException($"The tenant '{tenant}' has no index.");

    /// <summary>True when the tenant has an index with a commit.</summary>
    public bool HasIndex(string tenant)
    {
        if (_options.CurrentOf(tenant) is not { } current || !System.IO.Directory.Exists(_options.FolderOf(tenant, current.Id)))
            return false;
        using var directory = FSDirectory.Open(_options.FolderOf(tenant, current.Id));
        return DirectoryReader.IndexExists(directory);
    }
}
