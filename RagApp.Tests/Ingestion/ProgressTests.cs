using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Parsing;
using RagApp.Parsing;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>The state of a document while it is processed, as followers of the feed see it.</summary>
public sealed class ProgressTests
{
    private const string Parts = "# One\n\nThe first.\n\n# Two\n\nThe second.\n\n# Three\n\nThe third.\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Follow_JobThatRunsAgain_ProgressNeverGoesBackwards(bool restarted)
    {
        var gate = new ParserGate();
        await using var service = await StartAsync(gate.Surround, "--Processing:EmbeddingBatch=1", "--Queue:FirstDelay=00:00:00.1");
        var (embedded, go) = (0, new TaskCompletionSource());
        service.Embeddings.Before = async _ =>
        {
            if (Interlocked.Increment(ref embedded) != 3)
                return null;
            await go.Task;
            return Results.StatusCode(500);
        };
        var states = new List<DocumentInfo>();
        var feed = await FeedReader.OpenAsync(service, Alice, Cancellation);

        var info = await service.UploadAsync(Alice, "parts.md", Parts);
        states.AddRange(await feed.UntilAsync(info.Id, state => state is { Status: DocumentStatus.Embedding, Total: 3 }));
        gate.Close();
        if (restarted)
        {
            await feed.DisposeAsync();
            await service.RestartAsync();
            feed = await FeedReader.OpenAsync(service, Alice, Cancellation);
        }
        go.SetResult();
        await gate.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        states.Add(await service.Documents.GetAsync(Alice, info.Id, Cancellation)); // while it is parsed again
        gate.Open();
        states.AddRange(await feed.UntilAsync(info.Id, state => state.Status.IsFinal()));
        await feed.DisposeAsync();

        states[^1].Status.ShouldBe(DocumentStatus.Indexed);
        states.Zip(states.Skip(1)).ShouldAllBe(pair => pair.First.Status < pair.Second.Status || (pair.First.Status == pair.Second.Status && pair.First.Done <= pair.Second.Done));
    }

    /// <summary>Lets parsing wait.</summary>
    private sealed class ParserGate
    {
        private TaskCompletionSource _open = new();

        public ParserGate() => _open.SetResult();

        /// <summary>Ends when a document waits at the closed gate.</summary>
        public TaskCompletionSource Reached { get; } = new();

        public void Close() => _open = new TaskCompletionSource();

        public void Open() => _open.SetResult();

        public void Surround(IServiceCollection services) =>
            services.AddSingleton<IDocumentParser>(provider => new Parser(provider.GetRequiredService<ChildProcessParser>(), this));

        private async Task PassAsync()
        {
            if (!_open.Task.IsCompleted)
                Reached.TrySetResult();
            await _open.Task;
        }

        private sealed class Parser(IDocumentParser inner, ParserGate gate) : IDocumentParser
        {
            public async Task<ParseResult> ParseAsync(string tenant, Stream content, string name, CancellationToken cancellationToken)
            {
                await gate.PassAsync();
                return await inner.ParseAsync(tenant, content, name, cancellationToken);
            }
        }
    }
}
