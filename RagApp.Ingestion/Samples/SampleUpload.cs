using RagApp.Ingestion.Intake;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Samples;

/// <summary>Takes a sample in as its uploader would, through the same intake as an upload.</summary>
internal sealed class SampleUpload(DocumentIntake intake, IDocumentStore store)
{
    private const long MaxBytes = 10 << 20;

    public async Task RunAsync(SampleDocument sample, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Samples", "Files", sample.File));
        var original = await store.WriteOriginalAsync(sample.Uploader.Tenant, file, MaxBytes, cancellationToken);
        await intake.AcceptAsync(sample.Uploader, new Upload(sample.Path, sample.Access, Source: null, Tags: [], JobPriority.Bulk, original), cancellationToken);
    }
}
