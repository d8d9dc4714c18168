using RagApp.Tests;
using RagApp.Tests.Benchmarks;
using RagApp.Tests.EndToEnd;
using RagApp.Tests.Ingestion.Faults;
using RagApp.Tests.Ingestion.Histories;
using RagApp.Tests.Ingestion.Parsing;
using RagApp.Tests.Observability;
using RagApp.Tests.Storage.Qdrant;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace RagApp.Tests;

/// <summary>Begins with the classes that take more than a minute, so that none of them is left alone at the end while other processors wait.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest =
    [
        typeof(LifecycleTests), typeof(TerminalTests), typeof(WorkspaceTests), typeof(CrashTests), typeof(EveryStepTests), typeof(QdrantClusterIndexTests),
        typeof(CorpusTests), typeof(QuietEndTests), typeof(HandbookTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Longest, longest => collection.TestCollectionDisplayName.Contains(longest.FullName!, StringComparison.Ordinal)) is >= 0 and var at ? at : Longest.Length)];
}
