using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.Options;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>Writes the embedded index: one directory per tenant, held by this process while it is open.</summary>
internal sealed class LuceneChunkIndexWriter(IOptions<StorageOptions> options, ITextAnalysis analysis) : IChunkIndexWriter, IDisposable
{
    private readonly OpenTenants<TenantWriter> _tenants = new(options.Value.OpenIndexes, tenant => new TenantWriter(options.Value.IndexOf(tenant)));

    static LuceneChunkIndexWriter() => ChunkCodec.Register();

    public async Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken)
    {
        var chunks = ChunkDocument.CreateAll(document, analysis);
        await ChangeAsync(document.Tenant, writer => writer.ReplaceAsync(document.DocumentId, chunks, cancellationToken));
    }

    public Task RemoveAsync(string tenant, string documentId, CancellationToken cancellationToken) =>
        HasIndex(tenant)
            ? ChangeAsync(tenant, writer => writer.RemoveAsync(documentId, cancellationToken))
            : Task.CompletedTask;

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

    private bool HasIndex(string tenant)
    {
        var folder = options.Value.IndexOf(tenant);
        if (!System.IO.Directory.Exists(folder))
            return false;
        using var directory = FSDirectory.Open(folder);
        return DirectoryReader.IndexExists(directory);
    }
}
