using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model;
using RagApp.Gateway.Answers.Reading;
using RagApp.Models.Chat;
using RagApp.ServiceDefaults.Health;

namespace RagApp.Gateway.Answers;

/// <summary>
/// A warm-up answer at the start of the service, so that no person waits for work that happens once. It searches for a tenant
/// without documents and reads a made-up passage. A chat model is not called, since a call costs money.
/// </summary>
internal static class FirstAnswer
{
    private const string QueryRouter = "query-router";
    private const string Nobody = "first-answer";
    private const string Asked = "Who is ready when, and where are the others?";

    /// <summary>Runs the warm-up; false when the query router is not ready.</summary>
    public static async Task<bool> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!await HealthExtensions.IsReadyAsync(services, QueryRouter, cancellationToken))
            return false;

        await using var scope = services.CreateAsyncScope();
        var parts = scope.ServiceProvider;
        var principal = Principal.ForService(Nobody, "api-gateway");
        await parts.GetRequiredService<SearchClient>().SearchAsync(principal, new SearchRequest(Asked), cancellationToken);

        var question = new Question(principal, Asked, [Passage()], []);
        if (parts.GetRequiredService<ConfiguredChatModel>().Model is { } model)
        {
            var read = await parts.GetRequiredService<QuestionReader>().ReadAsync(question, cancellationToken);
            parts.GetRequiredService<PlaceRanker>().Rank(question, read);
            await parts.GetRequiredService<PromptBuilder>().BuildAsync(model, question, cancellationToken);
        }
        else
            await parts.GetRequiredService<ExtractiveAnswerer>().AnswerAsync(question, cancellationToken).LastAsync(cancellationToken);
        return true;
    }

    private static SearchHit Passage() => new(
        Nobody, Version: 1, Ordinal: 0, Nobody, Nobody, Section: "", Page: null,
        "Everybody is ready at nine. The others are at the gate, and wait there.", Score: 1, KeywordScore: 1, SemanticScore: 0.9)
    {
        Relevance = 1,
        Properties = new DocumentProperties(DocumentProperties.Upload, "md", "en", Date: null, []),
    };
}
