using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Search;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>
/// The real query router over an index in a temporary folder. Each set of documents is a tenant, and questions go directly
/// to the search. Only the embedding service is a stand-in; it returns the vectors that the real service would.
/// </summary>
internal sealed class RetrievalBench : IAsyncDisposable
{
    /// <summary>Number of passages requested per question: enough to cover ten different documents.</summary>
    private const int Passages = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("ragapp-retrieval-").FullName;
    private readonly CachedModel _model;
    private readonly EmbeddingStandIn _embedding;
    private readonly CorpusIndex _corpus;
    private readonly WebApplication _query;

    private RetrievalBench(CachedModel model, EmbeddingStandIn embedding, string[] index)
    {
        (_model, _embedding) = (model, embedding);
        string[] settings =
        [
            .. index,
            $"--Storage:DataPath={_folder}",
            $"--services:embedding:http:0={embedding.Address}",
            "--Identity:SigningKey=a-signing-key-of-this-measurement-and-no-other",
            "--Logging:LogLevel:Default=None",
        ];
        _corpus = new CorpusIndex(new ConfigurationBuilder().AddCommandLine(settings).Build(), model);
        _query = Query.Program.Build(settings);
    }

    /// <summary>Base address of the stand-in for the embedding service.</summary>
    public string EmbeddingAddress => _embedding.Address;

    /// <param name="cacheFolder">Folder of the vector cache, which is kept from run to run.</param>
    /// <param name="index">Settings from <see cref="IndexChoice"/>.</param>
    public static async Task<RetrievalBench> StartAsync(string cacheFolder, string[] index)
    {
        var model = new CachedModel(cacheFolder);
        return new RetrievalBench(model, await model.ServeAsync(), index);
    }

    /// <inheritdoc cref="CorpusIndex.WriteAsync"/>
    public Task<int> IndexAsync(EvaluationSet set, IProgress<int> progress, CancellationToken cancellationToken) =>
        _corpus.WriteAsync(set.Name, set, progress, cancellationToken);

    /// <summary>
    /// Searches the documents of the set <paramref name="documents"/> for each question; returns the scores in the order of the
    /// questions.
    /// </summary>
    public async Task<IReadOnlyList<QuestionScore>> ScoreAsync(
        string documents, IReadOnlyList<EvaluationQuestion> questions, SearchWay way, CancellationToken cancellationToken)
    {
        _model.EmbedQuestions([.. questions.Select(question => question.Text)]);
        var scores = new QuestionScore[questions.Count];
        await Parallel.ForAsync(0, questions.Count, cancellationToken, async (at, token) =>
        {
            var found = await FindAsync(documents, new SearchRequest(questions[at].Text, Passages, way.Mode), token);
            var ranking = found.Hits.Select(hit => hit.DocumentId).Distinct(StringComparer.Ordinal).ToList();
            scores[at] = QuestionScore.Of(ranking, questions[at].Grades);
        });
        return scores;
    }

    /// <summary>Searches the documents of the set <paramref name="documents"/>.</summary>
    public async Task<SearchResponse> FindAsync(string documents, SearchRequest request, CancellationToken cancellationToken)
    {
        await using var scope = _query.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SearchPipeline>().SearchAsync(ReaderOf(documents), request, cancellationToken);
    }

    public static Principal ReaderOf(string documents) => new(documents, "reader", [], [], Region: null);

    public async ValueTask DisposeAsync()
    {
        await _query.DisposeAsync();
        await _corpus.DisposeAsync();
        await _embedding.DisposeAsync();
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
