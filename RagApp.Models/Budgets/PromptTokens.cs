using Microsoft.Extensions.AI;
using RagApp.Models.Tokens;

namespace RagApp.Models.Budgets;

/// <summary>Counts the tokens of a chat request and of the pieces of an answer.</summary>
internal static class PromptTokens
{
    /// <summary>Largest number of tokens that chat formats add to each message.</summary>
    private const int PerMessage = 8;

    /// <summary>Tokens of an image in full detail at the usual providers, which depend on its size.</summary>
    private const int PerImage = 1_500;

    public static long Count(TokenCounter counter, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        long tokens = PerMessage;
        if (options?.Instructions is { } instructions)
            tokens += counter.Count(instructions) + PerMessage;
        foreach (var message in messages)
            tokens += Count(counter, message.Contents) + PerMessage;
        foreach (var tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
            tokens += counter.Count($"{tool.Name} {tool.Description} {tool.JsonSchema.GetRawText()}") + PerMessage;
        return tokens;
    }

    public static long Count(TokenCounter counter, IEnumerable<AIContent> contents) => contents.Sum(content => content switch
    {
        TextContent text => counter.Count(text.Text),
        TextReasoningContent thought => counter.Count(thought.Text),
        FunctionCallContent call => counter.Count(TextOf(call)),
        FunctionResultContent result => counter.Count(result.Result?.ToString() ?? ""),
        DataContent or UriContent => PerImage,
        _ => 0L,
    });

    /// <summary>Text of a function call as a model writes it, without the syntax.</summary>
    public static string TextOf(FunctionCallContent call) =>
        $"{call.Name} {string.Join(' ', (call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal)).Select(pair => $"{pair.Key} {pair.Value}"))}";
}
