using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Models.Chat;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Model;

/// <summary>Lets a chat model answer from the passages, and passes on its text with the citations that hold.</summary>
internal sealed class ModelAnswerer(ChatModel model, PromptBuilder prompts, CitationCheck check, ITextAnalysis analysis) : IAnswerer
{
    private const string Name = "model";

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prompt = await BuildPromptAsync(question, cancellationToken);
        var run = new ModelRun(question, prompt, model, check, analysis);
        if (prompt.Passages.Count > 0)
        {
            var settings = new ChatOptions { MaxOutputTokens = model.MaxOutputTokens };
            await foreach (var update in model.Client.GetStreamingResponseAsync(prompt.Messages, settings, cancellationToken))
            {
                await foreach (var next in run.ReadAsync(update, cancellationToken))
                    yield return next;
                if (run.IsTruncated && update.FinishReason is null)
                    break;
            }
            await foreach (var next in run.FinishAsync(cancellationToken))
                yield return next;
        }
        else
            yield return new AnswerEvent.Token(IAnswerer.NotFound);
        yield return run.Summarise(Name);
    }

    private async Task<PackedPrompt> BuildPromptAsync(Question question, CancellationToken cancellationToken)
    {
        using var activity = Spans.Start(Spans.Stages.Pack);
        var prompt = await prompts.BuildAsync(model, question, cancellationToken);
        activity?.SetTag(Spans.Tags.PassagesUsed, prompt.Passages.Count)
            .SetTag(Spans.Tags.PassagesLeftOut, prompt.LeftOut.Count)
            .SetTag(Spans.Tags.MessagesLeftOut, prompt.HistoryLeftOut);
        return prompt;
    }
}
