using System.Text;
using Microsoft.Extensions.AI;
using RagApp.Models.Tokens;

namespace RagApp.Models.Budgets;

/// <summary>
/// The usage of one chat call: what the provider reports, or what was counted. A stream that breaks may have reported a part, so that
/// the larger figure counts then.
/// </summary>
internal sealed class CallUsage(TokenCounter counter, Lazy<long> promptTokens)
{
    private readonly StringBuilder _text = new();
    private long? _reportedInput;
    private long? _reportedOutput;
    private bool _began;
    private bool _isComplete;

    public void Observe(ChatResponseUpdate update)
    {
        _began = true;
        foreach (var content in update.Contents)
            Observe(content);
    }

    /// <summary>Notes that the answer is whole.</summary>
    public void Complete() => _isComplete = true;

    public void Observe(ChatResponse response)
    {
        _began = _isComplete = true;
        Report(response.Usage);
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
            Observe(content);
    }

    /// <summary>Settles the charge; releases it when nothing was generated.</summary>
    public async Task EndAsync(ModelCharge charge)
    {
        if (!_began)
        {
            await charge.ReleaseAsync();
            return;
        }
        var isReported = _isComplete && _reportedInput is not null && _reportedOutput is not null;
        var input = isReported ? _reportedInput!.Value : Math.Max(_reportedInput ?? 0, promptTokens.Value);
        var output = isReported ? _reportedOutput!.Value : Math.Max(_reportedOutput ?? 0, counter.Count(_text.ToString()));
        await charge.SettleAsync(input, output, isCounted: !isReported);
    }

    private void Observe(AIContent content)
    {
        switch (content)
        {
            case UsageContent usage:
                Report(usage.Details);
                break;
            case TextContent text:
                _text.Append(text.Text);
                break;
            case TextReasoningContent thought:
                _text.Append(thought.Text);
                break;
            case FunctionCallContent call:
                _text.Append(PromptTokens.TextOf(call));
                break;
        }
    }

    private void Report(UsageDetails? usage)
    {
        if (usage?.InputTokenCount is { } input)
            _reportedInput = (_reportedInput ?? 0) + input;
        if (usage?.OutputTokenCount is { } output)
            _reportedOutput = (_reportedOutput ?? 0) + output;
    }
}
