using RagApp.Contracts.Answers;
using RagApp.Contracts.Http;
using RagApp.Gateway.Answers.Agentic;
using RagApp.Gateway.Answers.Caching;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers;

/// <summary>
/// Chooses the answerer: the chat model that the caller names, else the default one, else, when none is configured, the
/// extractive answerer. An agentic answer needs a chat model.
/// </summary>
internal sealed class AnswererSelector(ConfiguredChatModel models, IServiceProvider services)
{
    /// <exception cref="ProblemException">400: no chat model with the request's name is configured, or none at all for an agentic answer.</exception>
    public IAnswerer For(AnswerRequest request)
    {
        var chosen = request.Model is not { } name ? models.Model : models.All.FirstOrDefault(known => known.Id == name) ?? throw NoSuchModel();
        return (request.Mode, chosen) switch
        {
            (AnswerMode.Agentic, null) => throw ProblemException.BadRequest("'mode' is agentic, which needs a chat model, and none is configured here: leave it out, and the answer is quoted from the documents."),
            (AnswerMode.Agentic, _) => ActivatorUtilities.CreateInstance<AgenticAnswerer>(services, chosen),
            (_, null) => services.GetRequiredService<ExtractiveAnswerer>(),
            _ => ActivatorUtilities.CreateInstance<CachedAnswerer>(services, chosen, ActivatorUtilities.CreateInstance<ModelAnswerer>(services, chosen)),
        };
    }

    private ProblemException NoSuchModel() => ProblemException.BadRequest(models.Model is null
        ? "'model' names a chat model, but none is configured here: leave it out, and the answer is quoted from the documents."
        : $"'model' names none of the configured chat models: {string.Join(", ", models.All.Select(known => known.Id))}.");
}
