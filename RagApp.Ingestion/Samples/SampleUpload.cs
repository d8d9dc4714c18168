using RagApp.Ingestion.Intake;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Originals;

namespace RagApp.Ingestion.Samples;

/// <summary>Uploads a sample in the name of its uploader, through the same intake as any upload.</summary>
internal sealed class SampleUpload(DocumentIntake intake, IOriginalStore originals)
{
    private const long MaxBytes = 10 << 20;

    public async Task RunAsync(SampleDocument sample, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Samples", "Files", sample.File));
        var original = await originals.WriteAsync(sample.Uploader.Tenant, file, MaxBytes, cancellationToken);
        await intake.AcceptAsync(sample.Uploader, new Upload(sample.Path, sample.Access, Source: null, Tags: [], JobPriority.Bulk, original), cancellationToken);
    }
}
