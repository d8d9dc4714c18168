using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Journals;

namespace RagApp.Tests.Ingestion.Dlp;

/// <summary>Helpers that DLP tests use on the service.</summary>
internal static class DlpService
{
    public static async Task<DocumentVersion> VersionAsync(this IngestionService service, string id, string tenant = "acme") =>
        (await service.App.Services.GetRequiredService<IManifestStore>().FindAsync(tenant, id, Cancellation))!.Manifest.Latest;

    public static async Task<List<AuditRecord>> AuditAsync(this IngestionService service, string tenant = "acme") =>
        await service.App.Services.GetRequiredService<IAuditJournal>()
            .ReadAsync(tenant, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);

    /// <summary>Asserts that no blob, decrypted, and no index file contains the text, except the originals where they may keep it.</summary>
    public static async Task ShouldNowhereHoldAsync(this IngestionService service, string secret, bool originalsMay)
    {
        var blobs = service.App.Services.GetRequiredService<IBlobStore>();
        await foreach (var key in blobs.ListAsync("", after: null, Cancellation))
        {
            if (originalsMay && key.Contains("/originals/", StringComparison.Ordinal))
                continue;
            await using var blob = (await blobs.ReadAsync(key, Cancellation)).ShouldNotBeNull();
            using var bytes = new MemoryStream();
            await blob.CopyToAsync(bytes, Cancellation);
            ShouldNotHold(bytes.ToArray(), secret, key);
        }
        foreach (var file in Directory.EnumerateFiles(Path.Combine(service.DataPath, "index"), "*", SearchOption.AllDirectories))
            ShouldNotHold(await File.ReadAllBytesAsync(file, Cancellation), secret, file);
    }

    private static void ShouldNotHold(byte[] bytes, string secret, string place)
    {
        (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0).ShouldBeTrue(place);
        (bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) < 0).ShouldBeTrue(place);
    }

    /// <summary>Runs <c>maintenance quarantine</c> in the service.</summary>
    public static async Task<(VerbUpdate End, IReadOnlyList<string> Lines)> QuarantineAsync(this IngestionService service, params string[] args)
    {
        var command = new VerbCommand(MaintenanceVerbs.All.Find("quarantine")!.Description);
        var lines = new Lines();
        var end = await service.App.Services.GetRequiredService<MaintenanceRunner>()
            .RunAsync("quarantine", command.Read(command.Parse(args)), "a test", lines, Cancellation);
        return (end, lines.Texts);
    }

    private sealed class Lines : IProgress<VerbUpdate>
    {
        public List<string> Texts { get; } = [];

        public void Report(VerbUpdate value) => Texts.Add(value.Text);
    }
}
