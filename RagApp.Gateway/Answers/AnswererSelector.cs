using RagApp.Contracts.Http;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers;

/// <summary>
/// Chooses the answerer: the chat model that the caller names, else the default one, else, when none is configured, the
/// extractive answerer.
/// </summary>
internal sealed class AnswererSelector(ConfiguredChatModel models, IServiceProvider services)
{
    /// <param name="model">Name of the chat model as the caller gives it; null for the default one.</param>
    /// <exception cref="ProblemException">400: no chat model with this name is configured.</exception>
    public IAnswerer For(string? model)
    {
        var chosen = model is null ? models.Model : models.All.FirstOrDefault(known => known.Id == model) ?? throw NoSuchModel();
        return chosen is null
            ? services.GetRequiredService<ExtractiveAnswerer>()
            : ActivatorUtilities.CreateInstance<ModelAnswerer>(services, chosen);
    }

    private ProblemException NoSuchModel() => ProblemException.BadRequest(models.Model is null
        ? "'model' names a chat model, but none is configured here: leave it out, and the answer is quoted from the documents."
        : $"'model' names none of the configured chat models: {string.Join(", ", models.All.Select(known => known.Id))}.");
}
