using Microsoft.Extensions.AI;
using RagApp.Models.Chat;
using RagApp.Models.Tokens;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>
/// Rounds, tool calls, tokens and time that one agentic answer has used. Before each round it decides whether the model may search on; there is
/// always enough left for the round of the answer.
/// </summary>
internal sealed class SearchBounds(AgenticOptions options, ChatModel model, TokenCounter counter, TimeProvider time)
{
    /// <summary>Largest number of tokens that chat formats add to each message.</summary>
    private const int MessageOverhead = 8;

    private readonly long _start = time.GetTimestamp();

    // Tokens of the rounds that have ended, and of the conversation so far, which the next round is sent.
    private long _spent;
    private int _conversation;

    public int Rounds { get; private set; }

    public int ToolCalls { get; private set; }

    /// <summary>True when the model may call no tool in this round, so that it is the last one.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Sentence that names the bound that ended the search; null while the model may search on.</summary>
    public string? Reached { get; private set; }

    /// <summary>Tokens that a tool may still add to the conversation: the next round has to fit the model's window and the rest of the tokens.</summary>
    public int Room => (int)Math.Min(
        model.MaxContextTokens - model.MaxOutputTokens - _conversation, options.Tokens - _spent - _conversation - model.MaxOutputTokens) - MessageOverhead;

    public TimeSpan TimeLeft => options.Time - time.GetElapsedTime(_start);

    /// <summary>Begins a round.</summary>
    /// <param name="tools">Tokens of the tools' descriptions.</param>
    public void StartRound(IEnumerable<ChatMessage> prompt, int tools)
    {
        Rounds++;
        _conversation = tools + prompt.Sum(message => MessageOverhead + Count(message.Contents));
        if (Rounds >= options.Rounds)
            End("The largest number of rounds was reached.");
        else if (ToolCalls >= options.ToolCalls)
            End("The largest number of tool calls was reached.");
        else if (TimeLeft <= TimeSpan.Zero)
            EndInTime();
        else if (_spent + 2L * (_conversation + model.MaxOutputTokens) > options.Tokens)
            End("The largest number of tokens was reached.");
        IsLast = Reached is not null;
        _spent += _conversation;
    }

    /// <summary>Counts what the model has written.</summary>
    public void Wrote(IEnumerable<AIContent> contents)
    {
        var tokens = Count(contents);
        _spent += tokens;
        _conversation += tokens;
    }

    /// <summary>Counts the result of a tool.</summary>
    public void Added(string result) => _conversation += counter.Count(result) + MessageOverhead;

    /// <summary>Counts a tool call; false when there may be none.</summary>
    public bool TryCall()
    {
        if (Reached is null && ToolCalls >= options.ToolCalls)
            End("The largest number of tool calls was reached.");
        if (Reached is not null)
            return false;
        ToolCalls++;
        return true;
    }

    public void EndInTime() => End("The time for searching was over.");

    private void End(string bound) => Reached ??= bound;

    private int Count(IEnumerable<AIContent> contents) => contents.Sum(content => content switch
    {
        TextContent text => counter.Count(text.Text),
        FunctionCallContent call => counter.Count($"{call.Name} {string.Join(' ', call.Arguments?.Select(argument => $"{argument.Key} {argument.Value}") ?? [])}"),
        FunctionResultContent result => counter.Count($"{result.Result}"),
        _ => 0,
    });
}
