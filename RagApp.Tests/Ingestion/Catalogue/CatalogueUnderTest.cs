using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.FileSystem;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Catalogue;

/// <summary>The catalogue over a real store on real files, without the rest of the service.</summary>
internal sealed class CatalogueUnderTest : IDisposable
{
    public static readonly Principal Alice = IngestionService.Alice;

    private readonly TemporaryFolder _folder = new();

    public CatalogueUnderTest()
    {
        var damage = Damage.Unnoticed();
        Stored = new ManifestStore(new FileBlobStore(_folder.Path, TimeProvider.System), damage);
        (Store, Watch) = WatchedStore.Around(Stored);
        Catalogue = new DocumentCatalogue(Store, damage, Time, NullLogger<DocumentCatalogue>.Instance);
        Listing = new DocumentListing(Catalogue, Store, new InheritedAccess(Store), damage, Options.Create(new IntakeOptions()));
    }

    /// <summary>The store itself; the catalogue is not told of changes made through it.</summary>
    public IManifestStore Stored { get; }

    public IManifestStore Store { get; }

    public WatchedStore Watch { get; }

    public FakeTimeProvider Time { get; } = new();

    public DocumentCatalogue Catalogue { get; }

    public DocumentListing Listing { get; }

    public static DocumentManifest Manifest(string path, params string[] access)
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var version = new DocumentVersion(1, "none", "none", 1, "text/plain", path, DocumentStatus.Indexed, null, [], 1, 1, now);
        return new DocumentManifest("acme", DocumentIds.For("acme", path), path, access, "carol", now, now, version, version);
    }

    /// <summary>Creates the manifest of a document inside another document.</summary>
    public static DocumentManifest Inside(DocumentManifest parent, string name, DocumentStatus status = DocumentStatus.Indexed)
    {
        var member = Manifest($"{parent.Path}/{name}", [.. parent.Access]);
        var origin = new DocumentOrigin(parent.Origin?.RootId ?? parent.Id, parent.Id, 1, (parent.Origin?.Depth ?? 0) + 1);
        return member with { Origin = origin, Latest = member.Latest with { Status = status } };
    }

    /// <summary>Saves a manifest as another process would, without telling the catalogue.</summary>
    public async Task SaveElsewhereAsync(DocumentManifest manifest) =>
        await Stored.SaveAsync(manifest, (await Stored.FindAsync(manifest.Tenant, manifest.Id, Cancellation))?.ETag, Cancellation);

    public async Task SaveAsync(DocumentManifest manifest) =>
        await Catalogue.SaveAsync(manifest, (await Stored.FindAsync(manifest.Tenant, manifest.Id, Cancellation))?.ETag, Cancellation);

    /// <summary>Path of the file that contains a manifest.</summary>
    public string FileOf(DocumentManifest manifest) => Directory.EnumerateFiles(_folder.Path, "manifest.json", SearchOption.AllDirectories).Single(file => file.Contains(manifest.Id, StringComparison.Ordinal));

    public Task<DocumentPage> ListAsync(DocumentListFilter? filter = null, string? after = null, int limit = 1_000, Principal? reader = null, string? parentId = null) =>
        Listing.ListAsync(reader ?? Alice, parentId, filter ?? new(), after, limit, Cancellation);

    public async Task<IEnumerable<string>> PathsAsync(Principal? reader = null) => (await ListAsync(reader: reader)).Documents.Select(info => info.Path);

    public void Dispose()
    {
        Catalogue.Dispose();
        _folder.Dispose();
    }
}
