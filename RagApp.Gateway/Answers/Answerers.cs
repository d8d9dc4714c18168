using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers;

/// <summary>Who answers: the chat model that the caller names, the default one, or without any the extractive answerer.</summary>
internal sealed class Answerers(ConfiguredChatModel models, IServiceProvider services)
{
    /// <param name="model">As the caller names it; null for the default.</param>
    /// <exception cref="BadHttpRequestException">No such model is configured (400).</exception>
    public IAnswerer For(string? model)
    {
        var chosen = model is null ? models.Model : models.All.FirstOrDefault(known => known.Id == model) ?? throw NoSuchModel();
        return chosen is null
            ? services.GetRequiredService<ExtractiveAnswerer>()
            : ActivatorUtilities.CreateInstance<ModelAnswerer>(services, chosen);
    }

    private BadHttpRequestException NoSuchModel() => new(models.Model is null
        ? "'model' names a chat model, but none is configured here: leave it out, and the answer is quoted from the documents."
        : $"'model' names none of the configured chat models: {string.Join(", ", models.All.Select(known => known.Id))}.");
}
