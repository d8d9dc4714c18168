using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Model;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Models;
using RagApp.Models.Chat;
using RagApp.Models.Tokens;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>
/// Answers with a chat model that searches on by itself: 1. it is given the passages of the first search, and tools; 2. each of its rounds is a call of
/// its own, charged to the person's budgets; 3. its answer is checked as any other, against all passages that were found.
/// </summary>
internal sealed class AgenticAnswerer(
    ChatModel model, PromptBuilder prompts, AgenticPrompt instructions, SearchClient search, DocumentClient documents, CitationCheck check,
    ITextAnalysis analysis, Wording wording, IOptions<AgenticOptions> options, TimeProvider time) : IAnswerer
{
    /// <summary>Answerer in the summary: a model wrote the answer, as without tools.</summary>
    private const string Name = "model";

    /// <summary>Name of the feature in the metrics and reports of model calls.</summary>
    private const string Feature = "agentic";

    /// <summary>Share of the model's window that the passages of the first search may fill; the rest is for what the tools find.</summary>
    private const double FirstShare = 0.5;

    private const int MostCharactersPerToken = 8;

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bounds = new SearchBounds(options.Value, model, Counter, time);
        var system = await instructions.RenderSystemAsync(options.Value, cancellationToken);
        var first = await prompts.BuildAsync(model, question, system, FirstShare, cancellationToken); // 1
        var passages = new FoundPassages(first, Counter);
        var tools = new SearchTools(question, search, documents, passages, bounds, options.Value.Top);
        var settings = new ChatOptions { MaxOutputTokens = model.MaxOutputTokens, Tools = tools.ToTools() };
        var run = new ModelRun(question, passages.Prompt, model, check, analysis, wording);
        var draft = new AnswerDraft(most: model.MaxOutputTokens * MostCharactersPerToken);

        using var client = ClientFor(question, settings.Tools, bounds);
        await foreach (var update in client.GetStreamingResponseAsync(first.Messages, settings, cancellationToken)) // 2
        {
            foreach (var call in update.Contents.OfType<FunctionCallContent>())
            {
                draft.ToolCalled();
                if (bounds.Reached is null && tools.Describe(call) is { } progress)
                    yield return new AnswerEvent.Progress(progress);
            }
            await foreach (var next in run.ReadAsync(WithText(update, draft.Take(update.Text, bounds.IsLast)), cancellationToken)) // 3
                yield return next;
            if (run.IsCutOff)
                break;
        }
        await foreach (var next in run.ReadAsync(new ChatResponseUpdate(ChatRole.Assistant, draft.Rest()), cancellationToken))
            yield return next;
        await foreach (var next in run.FinishAsync(cancellationToken))
            yield return next;
        var done = run.Summarise(Name);
        yield return done with { Summary = done.Summary with { Searches = new AnswerSearches(bounds.Rounds, bounds.ToolCalls, bounds.Reached) } };
    }

    private TokenCounter Counter => TokenCounter.For(model.Id, model.Tokenizer);

    /// <summary>The client that calls the model and runs its tools, round after round.</summary>
    private FunctionInvokingChatClient ClientFor(Question question, IEnumerable<AITool> tools, SearchBounds bounds)
    {
        var described = tools.OfType<AIFunction>().Sum(tool => Counter.Count($"{tool.Name} {tool.Description} {tool.JsonSchema.GetRawText()}"));
        var rounds = new BoundedRounds(model.ClientFor(ModelCaller.Of(question.Principal, Feature)), bounds, described);
        return new FunctionInvokingChatClient(rounds)
        {
            FunctionInvoker = new ToolRuns(bounds, time).RunAsync,
            MaximumIterationsPerRequest = options.Value.Rounds,
            // A failure of a service is no answer of a tool: it ends the request as it would without tools.
            MaximumConsecutiveErrorsPerRequest = 0,
        };
    }

    /// <summary>The update with another text, and with its usage and its end.</summary>
    private static ChatResponseUpdate WithText(ChatResponseUpdate update, string text) =>
        new(ChatRole.Assistant, [new TextContent(text), .. update.Contents.OfType<UsageContent>()]) { FinishReason = update.FinishReason };
}
