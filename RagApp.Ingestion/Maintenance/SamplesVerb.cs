using System.Globalization;
using RagApp.Ingestion.Samples;

namespace RagApp.Ingestion.Maintenance;

/// <summary><c>maintenance samples</c>: restores the sample documents, including deleted and changed ones.</summary>
internal sealed class SamplesVerb(SampleUpload upload, IHostEnvironment environment) : IMaintenanceVerb
{
    public static VerbDescription Description { get; } = new(
        "samples",
        "Puts the sample documents of the demo people back.",
        "Takes every sample document in again as its uploader would; the demo tenants' other documents are left alone. Only in Development.");

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment())
            throw new VerbException("Sample documents are only there in Development: set DOTNET_ENVIRONMENT=Development.");
        foreach (var sample in SampleDocument.All)
        {
            await upload.RunAsync(sample, cancellationToken);
            progress.Status($"{sample.Uploader.Tenant}: {sample.Path}");
        }
        progress.Line($"{SampleDocument.All.Count.ToString(CultureInfo.InvariantCulture)} sample documents are taken in again; they can be searched in a moment.");
        return MaintenanceExit.Done;
    }
}
