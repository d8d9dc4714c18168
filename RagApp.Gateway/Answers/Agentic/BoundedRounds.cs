using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>
/// Counts the rounds of an agentic answer. From the first bound on the model may call no tool; their descriptions stay, since some providers refuse a
/// conversation with tool calls that has none.
/// </summary>
/// <param name="tools">Tokens of the tools' descriptions.</param>
internal sealed class BoundedRounds(IChatClient inner, SearchBounds bounds, int tools) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        bounds.StartRound(prompt, tools);
        var settings = options!.Clone();
        if (bounds.IsLast)
            settings.ToolMode = ChatToolMode.None;
        await foreach (var update in base.GetStreamingResponseAsync(prompt, settings, cancellationToken))
        {
            bounds.Wrote(update.Contents);
            yield return update;
        }
    }
}
