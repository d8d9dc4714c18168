using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Answers.Model;

/// <summary>Lets a chat model answer from the passages, and passes on its text with the citations that hold.</summary>
internal sealed class ModelAnswerer(
    IChatClient model, PromptBuilder prompts, IOptions<ModelAnswererOptions> options, Telemetry telemetry) : IAnswerer
{
    private const string Name = "model";

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prompt = await BuildPromptAsync(question, cancellationToken);
        var run = new ModelRun(prompt);
        if (prompt.Passages.Count == 0)
        {
            yield return new AnswerEvent.Token(IAnswerer.NotFound);
            yield return run.Summarise(Name);
            yield break;
        }

        var settings = new ChatOptions { MaxOutputTokens = options.Value.MaxOutputTokens };
        await foreach (var update in model.GetStreamingResponseAsync(prompt.Messages, settings, cancellationToken))
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
        return await prompts.BuildAsync(question.Text, question.Passages, cancellationToken);
    }
}
