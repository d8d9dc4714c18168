using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Search;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

public sealed class ReembedTests
{
    private const string Other = "Fake/12";

    private static readonly EmbeddingModel[] Both = [new(FakeEmbeddings.Model, FakeEmbeddings.Dimension, 512, 0.5), new(Other, 12, 512, 0.5)];

    [Fact]
    public async Task Reembed_ServedModel_EverythingIsOfItAndOldVectorsAreGone()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");
        await service.IndexAsync(Eve, "b.md", "The tapir.", "public");
        service.Embeddings.Models = Both;

        var run = await Verbs.RunAsync(service.DataPath, "reembed", "--model", Other);

        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text);
        run.Lines.ShouldContain($"acme: 1 passages embedded with {Other}, 0 had vectors of it already; old vectors of 1 versions removed");
        service.Embeddings.Requests.Where(request => request.Model == Other).ShouldAllBe(request => request.Priority == EmbeddingPriority.Bulk);
        var inspection = service.App.Services.GetRequiredService<StoreInspection>();
        foreach (var tenant in new[] { "acme", "globex" })
        {
            (await service.App.Services.GetRequiredService<IIndexGenerations>().FindCurrentAsync(tenant, Cancellation)).ShouldNotBeNull().Model.ShouldBe(Other);
            (await inspection.WalkAsync(tenant, Cancellation).SingleAsync(Cancellation)).Versions.ShouldHaveSingleItem().Models.ShouldBe([Other]);
        }

        await service.IndexAsync(Alice, "later.md", "The later axolotl.", "public");
        service.Embeddings.Requests.Last().Model.ShouldBe(Other);
        (await Verbs.RunAsync(service.DataPath, "sweep")).Exit.ShouldBe(MaintenanceExit.Done);
        (await Verbs.RunAsync(service.DataPath, "rebuild-index")).Exit.ShouldBe(MaintenanceExit.Done);
    }

    [Fact]
    public async Task Reembed_ModelNotServed_NamesThoseThatAreAndChangesNothing()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");

        var run = await Verbs.RunAsync(service.DataPath, "reembed", "--model", Other);

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldStartWith($"The embedding service serves no model '{Other}' but 'fake-8'.");
        (await Verbs.RunAsync(service.DataPath, "sweep")).Exit.ShouldBe(MaintenanceExit.Done);
    }

    [Fact]
    public async Task Reembed_QuestionsUploadsAndDeletionsMeanwhile_AllComeRight()
    {
        await using var service = await StartAsync();
        for (var i = 0; i < 8; i++)
            await service.IndexAsync(Alice, $"{i}.md", $"The animal number {i} eats kelp{i}.", "public");
        var deleted = await service.IndexAsync(Alice, "deleted.md", "The deleted animal.", "public");
        service.Embeddings.Models = Both;
        await using var query = await StartQueryAsync(service);
        using var asking = new CancellationTokenSource();
        var questions = AskAsync(query, asking.Token);
        var held = Hold(service);

        var reembedding = Verbs.RunAsync(service.DataPath, "reembed", "--model", Other);
        await held.Reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await service.IndexAsync(Alice, "new.md", "The new animal.", "public");
        await service.Documents.DeleteAsync(Alice, deleted.Id, Cancellation);
        held.Go.SetResult();
        (await reembedding).Exit.ShouldBe(MaintenanceExit.Done);

        var asked = questions.Asked;
        await Eventually.HoldsAsync(() => questions.Asked >= asked + 3);
        await asking.CancelAsync();
        await questions.Running;
        questions.Wrong.ShouldBeEmpty();
        (await service.SearchAsync(Bob, "animal")).Select(chunk => chunk.Path)
            .ShouldBe([.. Enumerable.Range(0, 8).Select(i => $"{i}.md"), "new.md"], ignoreOrder: true);
        (await Verbs.RunAsync(service.DataPath, "sweep")).Lines[^1].ShouldStartWith("0 orphans");
    }

    [Fact]
    public async Task Upload_EmbeddedWhileTheModelIsSwitched_IsEmbeddedAgain()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");
        service.Embeddings.Models = Both;
        var held = Hold(service, FakeEmbeddings.Model);
        var uploaded = await service.UploadAsync(Alice, "b.md", "The tapir.", "public");
        await held.Reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        (await Verbs.RunAsync(service.DataPath, "reembed", "--model", Other)).Exit.ShouldBe(MaintenanceExit.Done);
        held.Go.SetResult();

        (await service.SettleAsync(Alice, uploaded.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        (await Verbs.RunAsync(service.DataPath, "sweep")).Lines[^1].ShouldStartWith("0 orphans");
        var index = service.App.Services.GetRequiredService<IChunkIndexWriter>();
        (await index.ScanAsync("acme", documentId: null, Cancellation).ToListAsync(Cancellation)).ShouldAllBe(entry => entry.Model == Other);
    }

    /// <summary>Delays the first embedding request for a model until the test releases it.</summary>
    private static Held Hold(IngestionService service, string model = Other)
    {
        var held = new Held(new TaskCompletionSource(), new TaskCompletionSource());
        service.Embeddings.Before = async request =>
        {
            if (request.Model == model && request.InputType == EmbeddingInputType.Passage && held.Reached.TrySetResult())
                await held.Go.Task;
            return null;
        };
        return held;
    }

    private static Questions AskAsync(QueryUnderTest query, CancellationToken cancellationToken)
    {
        var questions = new Questions();
        questions.Running = Task.Run(async () =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var found = await query.SearchAsync($"who eats kelp{questions.Asked % 8}");
                if (found.Explain.SemanticCandidates == 0 || found.Explain.Mode != SearchMode.Hybrid || found.Hits.All(hit => hit.Path != $"{questions.Asked % 8}.md"))
                    questions.Wrong.Add($"question {questions.Asked}: {found.Explain}");
                questions.Asked++;
            }
        }, Cancellation);
        return questions;
    }

    private static async Task<QueryUnderTest> StartQueryAsync(IngestionService service)
    {
        var app = RagApp.Query.Program.Build(
        [
            .. ServiceSettings.Common, $"--Storage:DataPath={service.DataPath}", "--Search:EmbeddingTimeout=00:00:20",
            ServiceSettings.Address("embedding", service.Embeddings.Address),
        ]);
        await app.StartAsync(Cancellation);
        return new QueryUnderTest(app);
    }

    private sealed record Held(TaskCompletionSource Reached, TaskCompletionSource Go);

    private sealed class Questions
    {
        public volatile int Asked;

        public List<string> Wrong { get; } = [];

        public Task Running { get; set; } = Task.CompletedTask;
    }

    private sealed class QueryUnderTest(WebApplication app) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = new Uri(app.Urls.Single()) };

        public async Task<SearchResponse> SearchAsync(string question)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "search")
            {
                Content = JsonContent.Create(new SearchRequest(question, Top: 20), ContractsJson.Default.SearchRequest),
            };
            request.Headers.Authorization = new("Bearer", ServiceSettings.TokenFor(Bob));
            using var response = await _http.SendAsync(request, Cancellation);
            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.SearchResponse, Cancellation))!;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await app.DisposeAsync();
        }
    }
}
