using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers.Model;

/// <summary>Lets a chat model answer from the passages, and passes on its text with the citations that hold.</summary>
internal sealed class ModelAnswerer(ChatModel model, PromptBuilder prompts, Telemetry telemetry) : IAnswerer
{
    private const string Name = "model";

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prompt = await BuildPromptAsync(question, cancellationToken);
        var run = new ModelRun(prompt, model.Id);
        if (prompt.Passages.Count == 0)
        {
            yield return new AnswerEvent.Token(IAnswerer.NotFound);
            yield return run.Summarise(Name);
            yield break;
        }

        var settings = new ChatOptions { MaxOutputTokens = model.MaxOutputTokens };
        await foreach (var update in model.Client.GetStreamingResponseAsync(prompt.Messages, settings, cancellationToken))
        {
            foreach (var next in run.Read(update))
                yield return next;
        }
        foreach (var next in run.Finish())
            yield return next;
        yield return run.Summarise(Name);
    }

    private async Task<PackedPrompt> BuildPromptAsync(Question question, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartStage(Telemetry.Stages.Prompt);
        return await prompts.BuildAsync(model, question.Text, question.Passages, cancellationToken);
    }
}
