using System.Reflection;
using RagApp.Dlp;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Documents.Trees;
using RagApp.Storage.Index;
using RagApp.Storage.Journals;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Conformance;

public sealed class CoverageTests
{
    private static readonly (Type Abstraction, Type Suite)[] Suites =
    [
        (typeof(IBlobStore), typeof(BlobStoreConformance)),
        (typeof(IOriginalStore), typeof(DocumentStoreConformance)),
        (typeof(IManifestStore), typeof(DocumentStoreConformance)),
        (typeof(ITreeStore), typeof(DocumentStoreConformance)),
        (typeof(IContentStore), typeof(DocumentStoreConformance)),
        (typeof(IChunkIndex), typeof(ChunkIndexConformance)),
        (typeof(IChunkIndexWriter), typeof(ChunkIndexConformance)),
        (typeof(IIndexGenerations), typeof(ChunkIndexConformance)),
        (typeof(IIndexSnapshots), typeof(ChunkIndexConformance)),
        (typeof(IJobQueue), typeof(JobQueueConformance)),
        (typeof(IAuditJournal), typeof(AuditJournalConformance)),
        (typeof(IDetector), typeof(DetectorConformance)),
    ];

    [Fact]
    public void Implementation_OfEveryAbstraction_HasASuite()
    {
        var missing =
            from pair in Suites
            from type in pair.Abstraction.Assembly.GetTypes()
            where type is { IsAbstract: false, IsInterface: false } && pair.Abstraction.IsAssignableFrom(type)
            where !IsCovered(type, pair.Suite)
            select $"{type.Name} needs a class derived from {pair.Suite.Name} with [Covers(typeof({type.Name}))]";

        missing.ShouldBeEmpty();
    }

    private static bool IsCovered(Type implementation, Type suite) =>
        typeof(CoverageTests).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(suite))
            .SelectMany(type => type.GetCustomAttributes<CoversAttribute>())
            .Any(covers => covers.Implementation == implementation);
}
