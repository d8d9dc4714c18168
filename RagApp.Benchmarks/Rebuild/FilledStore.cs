using System.Globalization;
using RagApp.Benchmarks.Texts;
using RagApp.Contracts.Documents;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Benchmarks.Rebuild;

/// <summary>A document store of 20,000 chunks of 110 words, each with a vector of 384 numbers, as if they had been taken in.</summary>
internal static class FilledStore
{
    public const string Tenant = "acme";
    public const string Model = "random";
    public const int Dimension = 384;
    public const int Chunks = Documents * ChunksPerDocument;

    private const int Documents = 400;
    private const int ChunksPerDocument = 50;

    public static async Task FillAsync(IManifestStore documents, IContentStore contents)
    {
        var random = new RandomText(seed: 1);
        for (var number = 0; number < Documents; number++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{number}.txt");
            var id = DocumentIds.For(Tenant, path);
            var now = TimeProvider.System.GetUtcNow();
            var version = new DocumentVersion(1, "none", "none", 1, "text/plain", path, DocumentStatus.Indexed, null, [], ChunksPerDocument, ChunksPerDocument, now);
            var passages = Enumerable.Range(0, ChunksPerDocument).Select(i => new Passage(i, random.Passage(), "", null)).ToList();
            var vectors = passages.Select(_ => new ReadOnlyMemory<float>(random.Vector(Dimension))).ToList();
            await contents.WriteAsync(new VersionId(Tenant, id, id, 1), new DocumentContent(path, "en", passages), CancellationToken.None);
            await contents.WriteVectorsAsync(new VersionId(Tenant, id, id, 1), new DocumentVectors(Model, Dimension, vectors), CancellationToken.None);
            await documents.SaveAsync(new DocumentManifest(Tenant, id, path, ["public"], "alice", now, now, version, version), etag: null, CancellationToken.None);
        }
    }
}
