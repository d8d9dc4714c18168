using System.Reflection;
using NetArchTest.Rules;

namespace RagApp.Tests.Architecture;

/// <summary>Types of vendor packages are used only in their own folder, and implementations are internal.</summary>
public sealed class VendorTypeTests
{
    private static readonly Assembly StorageAssembly = typeof(global::RagApp.Storage.Index.IChunkIndex).Assembly;
    private static readonly Assembly TextAssembly = typeof(global::RagApp.Text.Scripts).Assembly;
    private static readonly Assembly IngestionAssembly = typeof(global::RagApp.Ingestion.Program).Assembly;
    private static readonly Assembly ModelsAssembly = Assembly.Load("RagApp.Models");

    [Fact]
    public void Lucene_InStorage_OnlyInItsFolderAndTheAnalysis() => Offenders(Types.InAssembly(StorageAssembly)
        .That().HaveDependencyOn("Lucene.Net")
        .Should().ResideInNamespaceStartingWith("RagApp.Storage.Lucene")
        .Or().ResideInNamespaceStartingWith("RagApp.Text.Analysis")).ShouldBeEmpty();

    [Fact]
    public void Redis_InStorage_OnlyInQueueAnnouncementsTermStatisticsAndRegistration() => Offenders(Types.InAssembly(StorageAssembly)
        .That().HaveDependencyOn("StackExchange.Redis")
        .Should().ResideInNamespaceStartingWith("RagApp.Storage.Queue")
        .Or().ResideInNamespaceStartingWith("RagApp.Storage.Announcements")
        .Or().ResideInNamespaceStartingWith("RagApp.Storage.Qdrant.Terms")
        .Or().HaveNameMatching("Extensions$|HealthCheck$|^<")).ShouldBeEmpty();

    [Fact]
    public void Qdrant_InStorage_OnlyInItsFolder() => Offenders(Types.InAssembly(StorageAssembly)
        .That().HaveDependencyOn("Qdrant.Client")
        .Should().ResideInNamespaceStartingWith("RagApp.Storage.Qdrant")
        .Or().ResideInNamespaceStartingWith("Aspire.Qdrant.Client")
        .Or().ResideInNamespaceStartingWith("Microsoft.Extensions.Hosting")
        .Or().HaveNameMatching("^<")).ShouldBeEmpty();

    [Fact]
    public void Amazon_InStorage_OnlyInItsFolder() => Offenders(Types.InAssembly(StorageAssembly)
        .That().HaveDependencyOn("Amazon")
        .Should().ResideInNamespaceStartingWith("RagApp.Storage.S3")
        .Or().HaveNameMatching("^<")).ShouldBeEmpty();

    [Fact]
    public void Sqlite_InIngestion_OnlyInTheCatalogue() => Offenders(Types.InAssembly(IngestionAssembly)
        .That().HaveDependencyOn("Microsoft.Data.Sqlite")
        .Should().ResideInNamespaceStartingWith("RagApp.Ingestion.Catalogue")).ShouldBeEmpty();

    [Fact]
    public void OpenAI_InModels_OnlyInItsProviderFolder() => Offenders(Types.InAssembly(ModelsAssembly)
        .That().HaveDependencyOn("OpenAI")
        .Should().ResideInNamespaceStartingWith("RagApp.Models.Providers.OpenAI")).ShouldBeEmpty();

    [Fact]
    public void Anthropic_InModels_OnlyInItsProviderFolder() => Offenders(Types.InAssembly(ModelsAssembly)
        .That().HaveDependencyOn("Anthropic")
        .Should().ResideInNamespaceStartingWith("RagApp.Models.Providers.Anthropic")).ShouldBeEmpty();

    [Fact]
    public void Ollama_InModels_OnlyInItsProviderFolder() => Offenders(Types.InAssembly(ModelsAssembly)
        .That().HaveDependencyOn("OllamaSharp")
        .Should().ResideInNamespaceStartingWith("RagApp.Models.Providers.Ollama")).ShouldBeEmpty();

    [Fact]
    public void Redis_InTheBudgets_OnlyInTheLedger() => Offenders(Types.InAssembly(ModelsAssembly)
        .That().ResideInNamespaceStartingWith("RagApp.Models.Budgets").And().HaveDependencyOn("StackExchange.Redis")
        .Should().ResideInNamespaceStartingWith("RagApp.Models.Budgets.Ledger")).ShouldBeEmpty();

    private static IEnumerable<string> Offenders(ConditionList conditions) =>
        conditions.GetResult().FailingTypes?.Select(type => type.FullName!) ?? [];
}
